using System.Runtime.CompilerServices;

namespace Voltwright.Jq;

internal ref partial struct JsonReader
{
    /// <summary>An array or object being read. What keys earlier objects at this depth had is tried first.</summary>
    private struct Open
    {
        private const int MostRemembered = 4;
        private const int MostKeys = 64;

        private KeyTable? _keys;
        private KeyTable?[]? _others;
        private int _next;
        private bool _follows;
        private List<string>? _own;

        public bool IsArray { get; private set; }

        public int Start { get; private set; }

        public void Begin(bool isArray, int start)
        {
            (IsArray, Start) = (isArray, start);
            _follows = !isArray && _keys is not null;
            _own = null;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public bool Expects(ReadOnlySpan<byte> text, out int length, int count)
        {
            length = 0;
            if (!_follows)
                return false;
            var position = count - Start;
            var found = Stands(_keys!, position, text, ref length) || (position == 0 && Recall(text, ref length));
            return found;
        }

        public void Add(string key, int count)
        {
            var position = count - Start;
            if (_own is null)
            {
                _own = _keys is null ? [] : [.. _keys.Keys(_follows ? position : 0)];
                _follows = false;
            }

            _own.Add(key);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public JsonObject ToObject(ReadOnlySpan<JsonValue> values)
        {
            if (values.Length == 0)
                return JsonObject.Empty;
            if (_own is not { } own)
                return JsonObject.Make(_keys!, values.ToArray());
            _own = null;
            if (Repeats(own))
            {
                var result = new JsonObject.Builder();
                for (var i = 0; i < values.Length; i++)
                    result.Set(own[i], values[i]);
                return result.ToObject();
            }

            var keys = KeyTable.Of(own);
            if (own.Count <= MostKeys)
                Remember(keys);
            return JsonObject.Make(keys, values.ToArray());
        }

        private static bool Stands(KeyTable keys, int position, ReadOnlySpan<byte> text, ref int length)
        {
            if (position >= keys.Known || position >= MostKeys)
                return false;
            var key = keys.Json(position);
            length = key.Length;
            return text.StartsWith(key);
        }

        private bool Recall(ReadOnlySpan<byte> text, ref int length)
        {
            foreach (var other in _others!)
            {
                if (other is null || !Stands(other, 0, text, ref length))
                    continue;
                _keys = other;
                return true;
            }

            return false;
        }

        private void Remember(KeyTable keys)
        {
            _keys = keys;
            (_others ??= new KeyTable?[MostRemembered])[_next] = keys;
            _next = (_next + 1) % MostRemembered;
        }

        private static bool Repeats(List<string> keys)
        {
            if (keys.Count > 16)
                return new HashSet<string>(keys, StringComparer.Ordinal).Count < keys.Count;

            for (var i = 1; i < keys.Count; i++)
            {
                if (keys.IndexOf(keys[i], 0, i) >= 0)
                    return true;
            }

            return false;
        }
    }
}
