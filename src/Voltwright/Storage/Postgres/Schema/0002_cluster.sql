-- Who is in the cluster. Orleans keeps its membership here; it reads the statements it needs from OrleansQuery and relies on the
-- names of tables' columns and statements' parameters.
CREATE TABLE cluster_versions (
    deployment text PRIMARY KEY,
    version    int NOT NULL DEFAULT 0,
    changed_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE cluster_nodes (
    deployment   text NOT NULL REFERENCES cluster_versions,
    address      text NOT NULL,
    port         int NOT NULL,
    generation   int NOT NULL,
    siloname     text NOT NULL,
    hostname     text NOT NULL,
    status       int NOT NULL,
    proxyport    int,
    suspecttimes text,
    starttime    timestamptz NOT NULL,
    iamalivetime timestamptz NOT NULL,
    PRIMARY KEY (deployment, address, port, generation)
);

CREATE TABLE OrleansQuery (
    querykey  text PRIMARY KEY,
    querytext text NOT NULL
);

INSERT INTO OrleansQuery (querykey, querytext) VALUES
('InsertMembershipVersionKey', $$
WITH added AS (INSERT INTO cluster_versions (deployment) VALUES (@DeploymentId) ON CONFLICT DO NOTHING RETURNING 1)
SELECT count(*)::int FROM added
$$),

-- A node is added, and changed, only together with the version that it was decided upon: of two that decide at once, one starts anew.
('InsertMembershipKey', $$
WITH moved AS (
    UPDATE cluster_versions v SET version = v.version + 1, changed_at = now()
    WHERE v.deployment = @DeploymentId AND v.version = @Version AND NOT EXISTS (
        SELECT FROM cluster_nodes n
        WHERE n.deployment = @DeploymentId AND n.address = @Address AND n.port = @Port AND n.generation = @Generation)
    RETURNING v.deployment),
added AS (
    INSERT INTO cluster_nodes
        (deployment, address, port, generation, siloname, hostname, status, proxyport, starttime, iamalivetime)
    SELECT moved.deployment, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
    FROM moved
    RETURNING 1)
SELECT count(*)::int FROM added
$$),

('UpdateMembershipKey', $$
WITH moved AS (
    UPDATE cluster_versions v SET version = v.version + 1, changed_at = now()
    WHERE v.deployment = @DeploymentId AND v.version = @Version AND EXISTS (
        SELECT FROM cluster_nodes n
        WHERE n.deployment = @DeploymentId AND n.address = @Address AND n.port = @Port AND n.generation = @Generation)
    RETURNING v.deployment),
changed AS (
    UPDATE cluster_nodes n SET status = @Status, suspecttimes = @SuspectTimes, iamalivetime = @IAmAliveTime
    FROM moved
    WHERE n.deployment = moved.deployment AND n.address = @Address AND n.port = @Port AND n.generation = @Generation
    RETURNING 1)
SELECT count(*)::int FROM changed
$$),

('UpdateIAmAlivetimeKey', $$
UPDATE cluster_nodes SET iamalivetime = @IAmAliveTime
WHERE deployment = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
$$),

('MembershipReadRowKey', $$
SELECT v.deployment AS deploymentid, n.address, n.port, n.generation, n.siloname, n.hostname, n.status, n.proxyport, n.suspecttimes,
    n.starttime, n.iamalivetime, v.version
FROM cluster_versions v LEFT JOIN cluster_nodes n
    ON n.deployment = v.deployment AND n.address = @Address AND n.port = @Port AND n.generation = @Generation
WHERE v.deployment = @DeploymentId
$$),

('MembershipReadAllKey', $$
SELECT v.deployment AS deploymentid, n.address, n.port, n.generation, n.siloname, n.hostname, n.status, n.proxyport, n.suspecttimes,
    n.starttime, n.iamalivetime, v.version
FROM cluster_versions v LEFT JOIN cluster_nodes n ON n.deployment = v.deployment
WHERE v.deployment = @DeploymentId
$$),

('DeleteMembershipTableEntriesKey', $$
DELETE FROM cluster_nodes WHERE deployment = @DeploymentId;
DELETE FROM cluster_versions WHERE deployment = @DeploymentId
$$),

-- 3 is a node in service.
('CleanupDefunctSiloEntriesKey', $$
DELETE FROM cluster_nodes WHERE deployment = @DeploymentId AND iamalivetime < @IAmAliveTime AND status <> 3
$$),

('GatewaysQueryKey', $$
SELECT address, proxyport, generation FROM cluster_nodes
WHERE deployment = @DeploymentId AND status = @Status AND proxyport > 0
$$);
