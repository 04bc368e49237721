# Builtins written in jq. A definition may use any other, wherever it stands; those that start with an underscore are not listed.

# Values and kinds
def values: select(. != null);
def nulls: select(. == null);
def booleans: select(type == "boolean");
def numbers: select(type == "number");
def strings: select(type == "string");
def arrays: select(type == "array");
def objects: select(type == "object");
def iterables: select(type | . == "array" or . == "object");
def scalars: select(type | . != "array" and . != "object");
def normals: select(isnormal);
def finites: select(isfinite);
def isfinite: type == "number" and (isinfinite | not);
def isvalid(f): try (f | true) catch false;
def error(message): message | error;
def halt_error: halt_error(5);
def debug(messages): (messages | debug | empty), .;

# Selection and iteration
def select(f): if f then . else empty end;
def map(f): [.[] | f];
def map_values(f): .[] |= f;
def recurse(f): def walk_down: ., (f | walk_down); walk_down;
def recurse(f; condition): def walk_down: ., (f | select(condition) | walk_down); walk_down;
def while(condition; update): def loop: if condition then ., (update | loop) else empty end; loop;
def until(condition; next): def loop: if condition then . else (next | loop) end; loop;
def repeat(f): def loop: f, loop; loop;
def inputs: def loop: (try [input] catch if . == "break" then null else error end) | if . then .[0], loop else empty end; loop;
def first: .[0];
def last: .[-1];
def nth($n): .[$n];
def nth($n; f): if $n < 0 then error("nth doesn't support negative indices") else first(skip($n; f)) end;
def in(xs): . as $x | xs | has($x);
def inside(xs): . as $x | xs | contains($x);
def any(generator; condition): isempty(first(generator | condition or empty)) | not;
def all(generator; condition): isempty(first(generator | condition and empty));
def any(condition): any(.[]; condition);
def all(condition): all(.[]; condition);
def any: any(.[]; .);
def all: all(.[]; .);
def add(f): reduce f as $x (null; . + $x);
def combinations: if length == 0 then [] else .[0][] as $x | (.[1:] | combinations) as $rest | [$x] + $rest end;
def combinations($n): . as $given | [range($n) | $given] | combinations;
def walk(f): def inner: if type == "object" then map_values(inner) elif type == "array" then map(inner) else . end | f; inner;

# Entries
def with_entries(f): to_entries | map(f) | from_entries;

# Arrays by key
def sort_by(f): _sort_by(map([f]));
def group_by(f): _group_by(map([f]));
def unique_by(f): _unique_by(map([f]));
def min_by(f): _min_by(map([f]));
def max_by(f): _max_by(map([f]));
def index($i): indices($i) | .[0];
def rindex($i): indices($i) | .[-1:][0];

# Paths
def paths: path(..) | select(length > 0);
def paths(node_filter): path(.. | select(node_filter)) | select(length > 0);
def leaf_paths: paths(scalars);
def del(f): delpaths([path(f)]);
def pick(pathexps): . as $whole | reduce path(pathexps) as $path (null; setpath($path; $whole | getpath($path)));

# Streaming
def tostream: path(def inner: (.[]? | inner), .; inner) as $p | getpath($p) | reduce path(.[]?) as $q ([$p, .]; [$p + $q]);
def fromstream(f): {x: null, e: false} as $init
  | foreach f as $i ($init;
      if .e then $init else . end
      | if $i | length == 2
        then setpath(["e"]; $i[0] | length == 0) | setpath(["x"] + $i[0]; $i[1])
        else setpath(["e"]; $i[0] | length == 1) end;
      if .e then .x else empty end);
def truncate_stream(stream): . as $n | null | stream | . as $input
  | if (.[0] | length) > $n then setpath([0]; $input[0][$n:]) else empty end;

# Regular expressions
def _regex_arguments($re): ($re | type) as $kind
  | if $kind == "string" then [$re, null]
    elif $kind == "array" and ($re | length) > 1 then $re[:2]
    elif $kind == "array" and ($re | length) > 0 then [$re[0], null]
    else error($kind + " not a string or array") end;
def match(re): _regex_arguments(re) as [$re, $flags] | match($re; $flags);
def match(re; flags): _match(re; flags; false) | .[];
def test(re): _regex_arguments(re) as [$re, $flags] | test($re; $flags);
def test(re; flags): _match(re; flags; true);
def capture(re): _regex_arguments(re) as [$re, $flags] | capture($re; $flags);
def capture(re; flags): match(re; flags) | _captures;
def scan($re): scan($re; null);
def scan($re; $flags): match($re; "g" + $flags) | if (.captures | length) > 0 then [.captures[].string] else .string end;
def splits($re): splits($re; null);
def splits($re; flags): split($re; flags) | .[];
def split($re; $flags): . as $s
  | [foreach ((match($re; $flags + "g") | [.offset, .length]), null) as $m
      ([0, null]; if $m then [$m[0] + $m[1], $s[.[0]:$m[0]]] else [null, $s[.[0]:]] end; .[1])];
def sub($re; f): sub($re; f; "");
def gsub($re; f): sub($re; f; "g");
def gsub($re; f; $flags): sub($re; f; $flags + "g");
def sub($re; f; $flags): . as $in
  | (reduce match($re; $flags) as $edit ({result: [], previous: 0};
      $in[.previous:($edit | .offset)] as $gap
      | [$edit | _captures | f] as $inserts
      | reduce range(0; $inserts | length) as $i (.; .result[$i] += [$gap + $inserts[$i]])
      | .previous = ($edit | .offset + .length))
    | .previous as $end | .result[] | add + $in[$end:]) // $in;

# Dates
def todate: strftime("%Y-%m-%dT%H:%M:%SZ");
def fromdateiso8601: strptime("%Y-%m-%dT%H:%M:%SZ") | mktime;
def todateiso8601: strftime("%Y-%m-%dT%H:%M:%SZ");
def fromdate: fromdateiso8601;
def date: todate;
def dateadd(unit; $n): . + $n;
def datesub(unit; $n): . - $n;
def datesub(unit; $n; $m): . - $n;

# SQL
def INDEX(stream; key): reduce stream as $row ({}; .[$row | key | tostring] = $row);
def INDEX(key): INDEX(.[]; key);
def IN(s): any(s == .; .);
def IN(source; s): any(source == s; .);
def JOIN($index; key): [.[] | [., $index[key]]];
def JOIN($index; stream; key): stream | [., $index[key]];
def JOIN($index; stream; key; join): stream | [., $index[key]] | join;
def ascii: [.] | implode;
