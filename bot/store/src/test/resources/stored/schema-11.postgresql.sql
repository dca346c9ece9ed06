CREATE TABLE alert_episode (
    id text NOT NULL,
    number bigint NOT NULL,
    topic text NOT NULL,
    environment text NOT NULL,
    severity text NOT NULL,
    version bigint NOT NULL,
    began_at bigint NOT NULL,
    ended_at bigint,
    due_at bigint,
    facts text NOT NULL,
    progress text NOT NULL
);
CREATE TABLE alert_member (
    episode_id text NOT NULL,
    key text NOT NULL,
    is_firing bigint NOT NULL,
    facts text NOT NULL
);
CREATE TABLE alert_number (
    value bigint NOT NULL
);
CREATE TABLE alert_signal (
    id text NOT NULL,
    signal text NOT NULL
);
CREATE TABLE approval (
    id text NOT NULL,
    job_id text NOT NULL,
    number bigint NOT NULL,
    requester text NOT NULL,
    action text NOT NULL,
    environment text NOT NULL,
    application text NOT NULL,
    digest text NOT NULL,
    status text NOT NULL,
    version bigint NOT NULL,
    expires_at bigint NOT NULL,
    dispatch_before bigint,
    due_at bigint,
    reusable_until bigint,
    facts text NOT NULL,
    progress text NOT NULL
);
CREATE TABLE approval_vote (
    approval_id text NOT NULL,
    voter text NOT NULL,
    "position" bigint NOT NULL,
    withdrawn bigint NOT NULL,
    vote text NOT NULL
);
CREATE TABLE audit (
    number bigint NOT NULL,
    at bigint NOT NULL,
    principal text NOT NULL,
    channel text NOT NULL,
    raw text NOT NULL,
    action text NOT NULL,
    env text NOT NULL,
    app text NOT NULL,
    job text NOT NULL,
    decision text NOT NULL,
    reason text NOT NULL,
    rules text NOT NULL,
    policy text NOT NULL,
    previous text NOT NULL,
    hash text NOT NULL,
    more text DEFAULT ''::text NOT NULL
);
CREATE TABLE audit_head (
    number bigint NOT NULL,
    hash text NOT NULL
);
CREATE TABLE declared_freeze (
    number bigint NOT NULL,
    from_at bigint NOT NULL,
    until_at bigint NOT NULL,
    facts text NOT NULL
);
CREATE TABLE deploy_lock (
    environment text NOT NULL,
    application text NOT NULL,
    owner text NOT NULL,
    owner_name text NOT NULL,
    owner_user text NOT NULL,
    reason text NOT NULL,
    since_at bigint NOT NULL,
    until_at bigint
);
CREATE TABLE deploy_slot (
    environment text NOT NULL,
    application text NOT NULL,
    job_id text NOT NULL
);
CREATE TABLE flyway_schema_history (
    installed_rank integer NOT NULL,
    version character varying(50),
    description character varying(200) NOT NULL,
    type character varying(20) NOT NULL,
    script character varying(1000) NOT NULL,
    checksum integer,
    installed_by character varying(100) NOT NULL,
    installed_on timestamp without time zone DEFAULT now() NOT NULL,
    execution_time integer NOT NULL,
    success boolean NOT NULL
);
CREATE TABLE freeze_number (
    value bigint NOT NULL
);
CREATE TABLE hook_call (
    id text NOT NULL,
    hook text NOT NULL,
    node text NOT NULL,
    event text NOT NULL,
    at bigint NOT NULL,
    holder text NOT NULL,
    held_until bigint NOT NULL
);
CREATE TABLE inbox (
    id text NOT NULL,
    seat text NOT NULL,
    kind text NOT NULL,
    dedupe_key text NOT NULL,
    payload text NOT NULL,
    received_at bigint NOT NULL,
    state text DEFAULT 'NEW'::text NOT NULL,
    finished_at bigint,
    reason text DEFAULT ''::text NOT NULL,
    envelope text DEFAULT ''::text NOT NULL,
    CONSTRAINT inbox_state_check CHECK ((state = ANY (ARRAY['NEW'::text, 'HANDLED'::text, 'ABANDONED'::text])))
);
CREATE TABLE job (
    id text NOT NULL,
    number bigint NOT NULL,
    seat text NOT NULL,
    status text NOT NULL,
    title text NOT NULL,
    asker text NOT NULL,
    environment text NOT NULL,
    application text NOT NULL,
    version text NOT NULL,
    facts text NOT NULL,
    progress text NOT NULL,
    created_at bigint NOT NULL,
    ended_at bigint,
    asker_id text DEFAULT ''::text NOT NULL
);
CREATE TABLE job_node (
    job_id text NOT NULL,
    node text NOT NULL,
    status text NOT NULL,
    message text NOT NULL,
    data text NOT NULL,
    latency_ms bigint NOT NULL,
    request text NOT NULL,
    boot text NOT NULL,
    sequence bigint NOT NULL,
    heard_at bigint NOT NULL,
    heartbeat_ms bigint NOT NULL,
    output_head text NOT NULL,
    output_tail text NOT NULL,
    output_length bigint NOT NULL,
    output_fingerprint bigint NOT NULL
);
CREATE TABLE job_number (
    value bigint NOT NULL
);
CREATE TABLE job_order (
    id text NOT NULL,
    job_id text NOT NULL,
    wish text NOT NULL
);
CREATE TABLE job_output (
    job_id text NOT NULL,
    node text NOT NULL,
    "position" bigint NOT NULL,
    text text NOT NULL
);
CREATE TABLE job_wave (
    job_id text NOT NULL,
    "position" bigint NOT NULL,
    request text NOT NULL,
    kind text NOT NULL,
    phase text NOT NULL,
    nodes text NOT NULL,
    answered text NOT NULL,
    sent_at bigint,
    deadline_at bigint
);
CREATE TABLE node (
    name text NOT NULL,
    description text NOT NULL,
    incarnation bigint DEFAULT 0 NOT NULL,
    sequence bigint DEFAULT 0 NOT NULL,
    heard_at bigint DEFAULT 0 NOT NULL,
    interval_ms bigint DEFAULT 10000 NOT NULL,
    has_left bigint DEFAULT 0 NOT NULL
);
CREATE TABLE node_flip (
    node text NOT NULL,
    at bigint NOT NULL,
    before text NOT NULL,
    after text NOT NULL
);
CREATE TABLE node_life (
    name text NOT NULL,
    environment text NOT NULL,
    applications text NOT NULL,
    state text NOT NULL,
    is_flapping bigint NOT NULL,
    alert_after bigint NOT NULL,
    incarnation bigint NOT NULL,
    sequence bigint NOT NULL,
    sign text NOT NULL,
    standing text NOT NULL
);
CREATE TABLE once (
    scope text NOT NULL,
    mark text NOT NULL,
    until_at bigint NOT NULL
);
CREATE TABLE outbox (
    id text NOT NULL,
    item text NOT NULL,
    urgency bigint NOT NULL,
    version bigint DEFAULT 1 NOT NULL,
    sent bigint DEFAULT 0 NOT NULL,
    "timestamp" text,
    next_at bigint DEFAULT 0 NOT NULL,
    attempts bigint DEFAULT 0 NOT NULL,
    uncertain bigint DEFAULT 0 NOT NULL,
    claimed_by text DEFAULT ''::text NOT NULL,
    claimed_until bigint DEFAULT 0 NOT NULL,
    claim bigint DEFAULT 0 NOT NULL,
    parked bigint DEFAULT 0 NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    created_at bigint NOT NULL,
    changed_at bigint NOT NULL
);
CREATE TABLE policy (
    hash text NOT NULL,
    name text NOT NULL,
    text text NOT NULL,
    used_at bigint NOT NULL
);
CREATE TABLE schedule (
    number bigint NOT NULL,
    due_at bigint NOT NULL,
    facts text NOT NULL
);
CREATE TABLE schedule_number (
    value bigint NOT NULL
);
CREATE TABLE seat (
    name text NOT NULL,
    holder text NOT NULL,
    epoch bigint NOT NULL,
    is_home bigint NOT NULL,
    expires_at bigint NOT NULL
);
CREATE TABLE silence (
    number bigint NOT NULL,
    from_at bigint NOT NULL,
    until_at bigint NOT NULL,
    facts text NOT NULL
);
CREATE TABLE silence_number (
    value bigint NOT NULL
);
CREATE TABLE trusted_node (
    name text NOT NULL,
    public_key text NOT NULL,
    since_at bigint NOT NULL
);
CREATE TABLE watch (
    name text NOT NULL,
    holder text NOT NULL,
    watched_at bigint NOT NULL,
    incidents text NOT NULL
);
INSERT INTO alert_episode VALUES ('episode-2', 2, 'job_failed|main|staging|', 'staging', 'WARNING', 0, 1777896000000, 1777896000000, NULL, '{"id":"episode-2","number":2,"topic":{"rule":"job_failed","collective":"main","environment":"staging","qualifier":"","fromOutside":false},"began":1777896000.000000000}', '{"headline":null,"members":{},"posts":[{"channel":"C7","mention":"<!here>","insteadOf":"C8"}],"told":1777896001.000000000,"peak":"WARNING","acknowledged":null,"silence":null,"reminded":1777896000.000000000,"drawn":1777896000.000000000,"draws":1,"stale":false,"pressing":false,"listed":false,"said":0,"over":1777896000.000000000,"ended":1777896000.000000000,"due":null}');
INSERT INTO alert_episode VALUES ('episode-1', 1, 'node_down|main|prod|webhook:ci', 'prod', 'WARNING', 0, 1777896000000, NULL, 0, '{"id":"episode-1","number":1,"topic":{"rule":"node_down","collective":"main","environment":"prod","qualifier":"webhook:ci","fromOutside":true},"began":1777896000.000000000}', '{"headline":"a headline","members":{},"posts":[{"channel":"C7","mention":"<!here>","insteadOf":"C8"}],"told":1777896001.000000000,"peak":"WARNING","acknowledged":{"user":"U1","name":"ann","at":1777896002.000000000,"severity":"INFO"},"silence":{"number":3,"kind":"MAINTENANCE","matchers":{"node":"web1"},"from":1777896000.000000000,"until":1777899600.000000000,"author":"ann","reason":"new disks"},"reminded":1777896003.000000000,"drawn":1777896004.000000000,"draws":5,"stale":true,"pressing":false,"listed":true,"said":6,"over":1777896007.000000000,"ended":null,"due":1777896009.000000000}');
INSERT INTO alert_member VALUES ('episode-1', 'node_down:web1', 0, '{"alert":{"key":"node_down:web1","severity":"CRITICAL","name":"web1 is down","text":"silent since noon","node":"web1","applications":["web"],"labels":{"label":"value"},"names":["web1","web2"],"since":1777896000.000000000,"quiet":300.000000000},"count":2,"last":1777896007.000000000,"ended":1777896009.000000000,"known":"FIRING"}');
INSERT INTO alert_member VALUES ('episode-2', 'node_down:web1', 0, '{"alert":{"key":"node_down:web1","severity":"CRITICAL","name":"web1 is down","text":"silent since noon","node":"web1","applications":["web"],"labels":{"label":"value"},"names":["web1","web2"],"since":1777896000.000000000,"quiet":300.000000000},"count":2,"last":1777896007.000000000,"ended":1777896009.000000000,"known":"FIRING"}');
INSERT INTO alert_number VALUES (2);
INSERT INTO alert_signal VALUES ('signal/fired', '{"is":"Fired","topic":{"rule":"node_down","collective":"main","environment":"prod","qualifier":"webhook:ci","fromOutside":true},"headline":"a headline","alert":{"key":"node_down:web1","severity":"CRITICAL","name":"web1 is down","text":"silent since noon","node":"web1","applications":["web"],"labels":{"label":"value"},"names":["web1","web2"],"since":1777896000.000000000,"quiet":300.000000000}}');
INSERT INTO alert_signal VALUES ('signal/cleared', '{"is":"Cleared","key":"node_down:web1"}');
INSERT INTO approval VALUES ('01900000-0000-7000-9000-000000000100', '01900000-0000-7000-8000-000000000100', 100, 'slack:T1:U1', 'codeupdate', 'staging', 'web', '409c418d7af9d80af52be01f08a7ace76fa13d5979f85f85307398507f7a8f71', 'PENDING', 1, 1777899600000, NULL, 1777897800000, NULL, '{"id":"01900000-0000-7000-9000-000000000100","job":"01900000-0000-7000-8000-000000000100","number":100,"right":{"permission":"codeupdate","environment":"staging","application":"web"},"canonical":"codeupdate staging web version=1.4.2","digest":"409c418d7af9d80af52be01f08a7ace76fa13d5979f85f85307398507f7a8f71","requester":{"team":"T1","user":"U1"},"requesterName":"ann","place":{"channel":"C1","kind":"CHANNEL","thread":"1777896000.000100"},"snapshot":{"rules":["prod"],"policy":"4444444444444444444444444444444444444444444444444444444444444444","requirements":[{"approvers":{"anyone":false,"users":[],"outsiders":[],"groups":["S0SRE"],"asWritten":["group S0SRE"]},"count":1}],"denials":1,"dispatchWithin":900.000000000,"remind":true,"hold":false,"reuseFor":null,"freeze":"","isProtected":true},"created":1777896000.000000000,"expires":1777899600.000000000,"supersedes":null,"ends":null,"state":{"status":"PENDING","version":1,"votes":[],"note":"","decided":null,"reminded":false,"started":false,"successor":null},"held":false}', '{"status":"PENDING","version":1,"votes":[],"note":"","decided":null,"reminded":false,"started":false,"successor":null}');
INSERT INTO approval VALUES ('01900000-0000-7000-9000-000000000101', '01900000-0000-7000-8000-000000000101', 101, 'slack:T1:U1', 'codeupdate', 'staging', 'web', '409c418d7af9d80af52be01f08a7ace76fa13d5979f85f85307398507f7a8f71', 'APPROVED', 2, 1777899600000, 1777896903000, 1777896903000, NULL, '{"id":"01900000-0000-7000-9000-000000000101","job":"01900000-0000-7000-8000-000000000101","number":101,"right":{"permission":"codeupdate","environment":"staging","application":"web"},"canonical":"codeupdate staging web version=1.4.2","digest":"409c418d7af9d80af52be01f08a7ace76fa13d5979f85f85307398507f7a8f71","requester":{"team":"T1","user":"U1"},"requesterName":"ann","place":{"channel":"C1","kind":"CHANNEL","thread":"1777896000.000100"},"snapshot":{"rules":["prod"],"policy":"4444444444444444444444444444444444444444444444444444444444444444","requirements":[{"approvers":{"anyone":false,"users":[],"outsiders":[],"groups":["S0SRE"],"asWritten":["group S0SRE"]},"count":1}],"denials":1,"dispatchWithin":900.000000000,"remind":true,"hold":false,"reuseFor":null,"freeze":"","isProtected":true},"created":1777896000.000000000,"expires":1777899600.000000000,"supersedes":null,"ends":null,"state":{"status":"PENDING","version":1,"votes":[],"note":"","decided":null,"reminded":false,"started":false,"successor":null},"held":false}', '{"status":"APPROVED","version":2,"votes":[],"note":"note","decided":1777896003.000000000,"reminded":true,"started":false,"successor":null}');
INSERT INTO approval VALUES ('01900000-0000-7000-9000-000000000102', '01900000-0000-7000-8000-000000000102', 102, 'slack:T1:U1', 'codeupdate', 'staging', 'web', '409c418d7af9d80af52be01f08a7ace76fa13d5979f85f85307398507f7a8f71', 'DENIED', 2, 1777899600000, NULL, NULL, NULL, '{"id":"01900000-0000-7000-9000-000000000102","job":"01900000-0000-7000-8000-000000000102","number":102,"right":{"permission":"codeupdate","environment":"staging","application":"web"},"canonical":"codeupdate staging web version=1.4.2","digest":"409c418d7af9d80af52be01f08a7ace76fa13d5979f85f85307398507f7a8f71","requester":{"team":"T1","user":"U1"},"requesterName":"ann","place":{"channel":"C1","kind":"CHANNEL","thread":"1777896000.000100"},"snapshot":{"rules":["prod"],"policy":"4444444444444444444444444444444444444444444444444444444444444444","requirements":[{"approvers":{"anyone":false,"users":[],"outsiders":[],"groups":["S0SRE"],"asWritten":["group S0SRE"]},"count":1}],"denials":1,"dispatchWithin":900.000000000,"remind":true,"hold":false,"reuseFor":null,"freeze":"","isProtected":true},"created":1777896000.000000000,"expires":1777899600.000000000,"supersedes":null,"ends":null,"state":{"status":"PENDING","version":1,"votes":[],"note":"","decided":null,"reminded":false,"started":false,"successor":null},"held":false}', '{"status":"DENIED","version":2,"votes":[],"note":"note","decided":1777896003.000000000,"reminded":true,"started":false,"successor":null}');
INSERT INTO approval VALUES ('01900000-0000-7000-9000-000000000103', '01900000-0000-7000-8000-000000000103', 103, 'slack:T1:U1', 'codeupdate', 'staging', 'web', '409c418d7af9d80af52be01f08a7ace76fa13d5979f85f85307398507f7a8f71', 'EXPIRED', 2, 1777899600000, NULL, NULL, NULL, '{"id":"01900000-0000-7000-9000-000000000103","job":"01900000-0000-7000-8000-000000000103","number":103,"right":{"permission":"codeupdate","environment":"staging","application":"web"},"canonical":"codeupdate staging web version=1.4.2","digest":"409c418d7af9d80af52be01f08a7ace76fa13d5979f85f85307398507f7a8f71","requester":{"team":"T1","user":"U1"},"requesterName":"ann","place":{"channel":"C1","kind":"CHANNEL","thread":"1777896000.000100"},"snapshot":{"rules":["prod"],"policy":"4444444444444444444444444444444444444444444444444444444444444444","requirements":[{"approvers":{"anyone":false,"users":[],"outsiders":[],"groups":["S0SRE"],"asWritten":["group S0SRE"]},"count":1}],"denials":1,"dispatchWithin":900.000000000,"remind":true,"hold":false,"reuseFor":null,"freeze":"","isProtected":true},"created":1777896000.000000000,"expires":1777899600.000000000,"supersedes":null,"ends":null,"state":{"status":"PENDING","version":1,"votes":[],"note":"","decided":null,"reminded":false,"started":false,"successor":null},"held":false}', '{"status":"EXPIRED","version":2,"votes":[],"note":"note","decided":1777896003.000000000,"reminded":true,"started":false,"successor":null}');
INSERT INTO approval VALUES ('01900000-0000-7000-9000-000000000104', '01900000-0000-7000-8000-000000000104', 104, 'slack:T1:U1', 'codeupdate', 'staging', 'web', '409c418d7af9d80af52be01f08a7ace76fa13d5979f85f85307398507f7a8f71', 'CANCELLED', 2, 1777899600000, NULL, NULL, NULL, '{"id":"01900000-0000-7000-9000-000000000104","job":"01900000-0000-7000-8000-000000000104","number":104,"right":{"permission":"codeupdate","environment":"staging","application":"web"},"canonical":"codeupdate staging web version=1.4.2","digest":"409c418d7af9d80af52be01f08a7ace76fa13d5979f85f85307398507f7a8f71","requester":{"team":"T1","user":"U1"},"requesterName":"ann","place":{"channel":"C1","kind":"CHANNEL","thread":"1777896000.000100"},"snapshot":{"rules":["prod"],"policy":"4444444444444444444444444444444444444444444444444444444444444444","requirements":[{"approvers":{"anyone":false,"users":[],"outsiders":[],"groups":["S0SRE"],"asWritten":["group S0SRE"]},"count":1}],"denials":1,"dispatchWithin":900.000000000,"remind":true,"hold":false,"reuseFor":null,"freeze":"","isProtected":true},"created":1777896000.000000000,"expires":1777899600.000000000,"supersedes":null,"ends":null,"state":{"status":"PENDING","version":1,"votes":[],"note":"","decided":null,"reminded":false,"started":false,"successor":null},"held":false}', '{"status":"CANCELLED","version":2,"votes":[],"note":"note","decided":1777896003.000000000,"reminded":true,"started":false,"successor":null}');
INSERT INTO approval VALUES ('01900000-0000-7000-9000-000000000105', '01900000-0000-7000-8000-000000000105', 105, 'slack:T1:U1', 'codeupdate', 'staging', 'web', '409c418d7af9d80af52be01f08a7ace76fa13d5979f85f85307398507f7a8f71', 'SUPERSEDED', 2, 1777899600000, NULL, NULL, NULL, '{"id":"01900000-0000-7000-9000-000000000105","job":"01900000-0000-7000-8000-000000000105","number":105,"right":{"permission":"codeupdate","environment":"staging","application":"web"},"canonical":"codeupdate staging web version=1.4.2","digest":"409c418d7af9d80af52be01f08a7ace76fa13d5979f85f85307398507f7a8f71","requester":{"team":"T1","user":"U1"},"requesterName":"ann","place":{"channel":"C1","kind":"CHANNEL","thread":"1777896000.000100"},"snapshot":{"rules":["prod"],"policy":"4444444444444444444444444444444444444444444444444444444444444444","requirements":[{"approvers":{"anyone":false,"users":[],"outsiders":[],"groups":["S0SRE"],"asWritten":["group S0SRE"]},"count":1}],"denials":1,"dispatchWithin":900.000000000,"remind":true,"hold":false,"reuseFor":null,"freeze":"","isProtected":true},"created":1777896000.000000000,"expires":1777899600.000000000,"supersedes":null,"ends":null,"state":{"status":"PENDING","version":1,"votes":[],"note":"","decided":null,"reminded":false,"started":false,"successor":null},"held":false}', '{"status":"SUPERSEDED","version":2,"votes":[],"note":"note","decided":1777896003.000000000,"reminded":true,"started":false,"successor":null}');
INSERT INTO approval VALUES ('01900000-0000-7000-9000-000000000106', '01900000-0000-7000-8000-000000000106', 106, 'slack:T1:U1', 'codeupdate', 'staging', 'web', '409c418d7af9d80af52be01f08a7ace76fa13d5979f85f85307398507f7a8f71', 'DISPATCHED', 2, 1777899600000, NULL, NULL, NULL, '{"id":"01900000-0000-7000-9000-000000000106","job":"01900000-0000-7000-8000-000000000106","number":106,"right":{"permission":"codeupdate","environment":"staging","application":"web"},"canonical":"codeupdate staging web version=1.4.2","digest":"409c418d7af9d80af52be01f08a7ace76fa13d5979f85f85307398507f7a8f71","requester":{"team":"T1","user":"U1"},"requesterName":"ann","place":{"channel":"C1","kind":"CHANNEL","thread":"1777896000.000100"},"snapshot":{"rules":["prod"],"policy":"4444444444444444444444444444444444444444444444444444444444444444","requirements":[{"approvers":{"anyone":false,"users":[],"outsiders":[],"groups":["S0SRE"],"asWritten":["group S0SRE"]},"count":1}],"denials":1,"dispatchWithin":900.000000000,"remind":true,"hold":false,"reuseFor":null,"freeze":"","isProtected":true},"created":1777896000.000000000,"expires":1777899600.000000000,"supersedes":null,"ends":null,"state":{"status":"PENDING","version":1,"votes":[],"note":"","decided":null,"reminded":false,"started":false,"successor":null},"held":false}', '{"status":"DISPATCHED","version":2,"votes":[],"note":"note","decided":1777896003.000000000,"reminded":true,"started":false,"successor":null}');
INSERT INTO approval VALUES ('01900000-0000-7000-9000-000000000107', '01900000-0000-7000-8000-000000000107', 107, 'slack:T1:U1', 'codeupdate', 'staging', 'web', '409c418d7af9d80af52be01f08a7ace76fa13d5979f85f85307398507f7a8f71', 'LAPSED', 2, 1777899600000, NULL, NULL, NULL, '{"id":"01900000-0000-7000-9000-000000000107","job":"01900000-0000-7000-8000-000000000107","number":107,"right":{"permission":"codeupdate","environment":"staging","application":"web"},"canonical":"codeupdate staging web version=1.4.2","digest":"409c418d7af9d80af52be01f08a7ace76fa13d5979f85f85307398507f7a8f71","requester":{"team":"T1","user":"U1"},"requesterName":"ann","place":{"channel":"C1","kind":"CHANNEL","thread":"1777896000.000100"},"snapshot":{"rules":["prod"],"policy":"4444444444444444444444444444444444444444444444444444444444444444","requirements":[{"approvers":{"anyone":false,"users":[],"outsiders":[],"groups":["S0SRE"],"asWritten":["group S0SRE"]},"count":1}],"denials":1,"dispatchWithin":900.000000000,"remind":true,"hold":false,"reuseFor":null,"freeze":"","isProtected":true},"created":1777896000.000000000,"expires":1777899600.000000000,"supersedes":null,"ends":null,"state":{"status":"PENDING","version":1,"votes":[],"note":"","decided":null,"reminded":false,"started":false,"successor":null},"held":false}', '{"status":"LAPSED","version":2,"votes":[],"note":"note","decided":1777896003.000000000,"reminded":true,"started":false,"successor":null}');
INSERT INTO approval_vote VALUES ('01900000-0000-7000-9000-000000000101', 'slack:T2:U2', 1777896011000, 0, '{"voter":{"team":"T2","user":"U2"},"name":"bob","yes":true,"at":1777896011.000000000,"reason":"fine","groupsAge":5.000000000,"counts":[1],"withdrawn":false}');
INSERT INTO approval_vote VALUES ('01900000-0000-7000-9000-000000000102', 'slack:T2:U2', 1777896011000, 0, '{"voter":{"team":"T2","user":"U2"},"name":"bob","yes":true,"at":1777896011.000000000,"reason":"fine","groupsAge":5.000000000,"counts":[1],"withdrawn":false}');
INSERT INTO approval_vote VALUES ('01900000-0000-7000-9000-000000000103', 'slack:T2:U2', 1777896011000, 0, '{"voter":{"team":"T2","user":"U2"},"name":"bob","yes":true,"at":1777896011.000000000,"reason":"fine","groupsAge":5.000000000,"counts":[1],"withdrawn":false}');
INSERT INTO approval_vote VALUES ('01900000-0000-7000-9000-000000000104', 'slack:T2:U2', 1777896011000, 0, '{"voter":{"team":"T2","user":"U2"},"name":"bob","yes":true,"at":1777896011.000000000,"reason":"fine","groupsAge":5.000000000,"counts":[1],"withdrawn":false}');
INSERT INTO approval_vote VALUES ('01900000-0000-7000-9000-000000000105', 'slack:T2:U2', 1777896011000, 0, '{"voter":{"team":"T2","user":"U2"},"name":"bob","yes":true,"at":1777896011.000000000,"reason":"fine","groupsAge":5.000000000,"counts":[1],"withdrawn":false}');
INSERT INTO approval_vote VALUES ('01900000-0000-7000-9000-000000000106', 'slack:T2:U2', 1777896011000, 0, '{"voter":{"team":"T2","user":"U2"},"name":"bob","yes":true,"at":1777896011.000000000,"reason":"fine","groupsAge":5.000000000,"counts":[1],"withdrawn":false}');
INSERT INTO approval_vote VALUES ('01900000-0000-7000-9000-000000000107', 'slack:T2:U2', 1777896011000, 0, '{"voter":{"team":"T2","user":"U2"},"name":"bob","yes":true,"at":1777896011.000000000,"reason":"fine","groupsAge":5.000000000,"counts":[1],"withdrawn":false}');
INSERT INTO audit VALUES (1, 1777896000000, 'slack:T1:U1', 'C1', 'help', '', '', '', '', 'answered', 'the list', '', '', '0000000000000000000000000000000000000000000000000000000000000000', 'e1b88c4b03fbcc87af9c8ec4f4f4322fc016cb3f6bc6bcd47804bf315fe39c81', '');
INSERT INTO audit VALUES (2, 1777896000000, 'slack:T1:U1', 'C1', 'deploy staging web', 'deploy', 'staging', 'web', '1', 'asked', 'it waits', 'prod', '4444444444444444444444444444444444444444444444444444444444444444', 'e1b88c4b03fbcc87af9c8ec4f4f4322fc016cb3f6bc6bcd47804bf315fe39c81', 'a4c0cac7a692938453ac24f628897b6215a098b1a7b0a766f514db1566bb50d0', '{"name":"ann","delivery":"01900000","message":"1.1","digest":"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","state":"PENDING","groupsAge":"5","bypass":true,"envelope":"e-1"}');
INSERT INTO audit_head VALUES (2, 'a4c0cac7a692938453ac24f628897b6215a098b1a7b0a766f514db1566bb50d0');
INSERT INTO declared_freeze VALUES (1, 1777896000000, 1777899600000, '{"origin":{"is":"Person","number":7,"principal":"slack:T1:U1","name":"ann"},"scope":{"environments":["prod"],"applications":["web"]},"from":1777896000.000000000,"until":1777899600.000000000,"reason":"the fair"}');
INSERT INTO declared_freeze VALUES (2, 1777896000000, 1777903200000, '{"origin":{"is":"Configuration","name":"weekend"},"scope":{"environments":[],"applications":[]},"from":1777896000.000000000,"until":1777903200.000000000,"reason":"weekend"}');
INSERT INTO deploy_lock VALUES ('prod', 'web', 'slack:T1:U1', 'ann', 'U1', 'tests', 1777896000000, NULL);
INSERT INTO deploy_lock VALUES ('staging', '', 'slack:T1:U1', 'ann', 'U1', 'move', 1777896000000, 1777899600000);
INSERT INTO deploy_slot VALUES ('staging', 'web', '01900000-0000-7000-8000-000000000001');
INSERT INTO flyway_schema_history VALUES (1, '1', 'first', 'SQL', 'V1__first.sql', -263680554, 'postgres', '2026-11-29 19:11:25.730034', 126, true);
INSERT INTO flyway_schema_history VALUES (2, '2', 'approvals', 'SQL', 'V2__approvals.sql', -832217625, 'postgres', '2026-11-29 19:11:25.958022', 18, true);
INSERT INTO flyway_schema_history VALUES (3, '3', 'freezes', 'SQL', 'V3__freezes.sql', -1362970787, 'postgres', '2026-11-29 19:11:25.991587', 6, true);
INSERT INTO flyway_schema_history VALUES (4, '4', 'audit more', 'SQL', 'V4__audit_more.sql', -1695821896, 'postgres', '2026-11-29 19:11:26.014493', 2, true);
INSERT INTO flyway_schema_history VALUES (5, '5', 'nodes', 'SQL', 'V5__nodes.sql', -370085322, 'postgres', '2026-11-29 19:11:26.026476', 20, true);
INSERT INTO flyway_schema_history VALUES (6, '6', 'alerts', 'SQL', 'V6__alerts.sql', -108248861, 'postgres', '2026-11-29 19:11:26.057342', 33, true);
INSERT INTO flyway_schema_history VALUES (7, '7', 'askers', 'SQL', 'V7__askers.sql', 1489784923, 'postgres', '2026-11-29 19:11:26.101959', 8, true);
INSERT INTO flyway_schema_history VALUES (8, '8', 'once', 'SQL', 'V8__once.sql', 775489885, 'postgres', '2026-11-29 19:11:26.118457', 15, true);
INSERT INTO flyway_schema_history VALUES (9, '9', 'alert members', 'SQL', 'V9__alert_members.sql', 328958980, 'postgres', '2026-11-29 19:11:26.142364', 22, true);
INSERT INTO flyway_schema_history VALUES (10, '10', 'envelopes', 'SQL', 'V10__envelopes.sql', 1076729060, 'postgres', '2026-11-29 19:11:26.183096', 2, true);
INSERT INTO flyway_schema_history VALUES (11, '11', 'hook calls', 'SQL', 'V11__hook_calls.sql', -152421854, 'postgres', '2026-11-29 19:11:26.198446', 7, true);
INSERT INTO freeze_number VALUES (2);
INSERT INTO hook_call VALUES ('hook-1', 'haproxy', 'web1', '{"event":"down"}', 1777896000000, '', 0);
INSERT INTO inbox VALUES ('019df2dc-0a00-7775-b80a-29a1b360fb9a', 'bot-1', 'scheduled', 'schedule:5:1777896060000', '{"schedule":5,"team":"T1","user":"U1","channel":"C1","kind":"CHANNEL","thread":"1777896000.000100","command":"discover"}', 1777896000000, 'NEW', NULL, '', '');
INSERT INTO inbox VALUES ('019df2dc-0a00-7776-b44a-ab76c6ac2342', 'bot-1', 'EVENT', 'key-EVENT', '{"payload":1}', 1777896000000, 'NEW', NULL, '', 'e-EVENT');
INSERT INTO inbox VALUES ('019df2dc-0a00-7777-95d8-3b1baf81fba0', 'bot-1', 'INTERACTION', 'key-INTERACTION', '{"payload":1}', 1777896000000, 'NEW', NULL, '', 'e-INTERACTION');
INSERT INTO inbox VALUES ('019df2dc-0a00-7778-b174-37f34eb599c1', 'bot-1', 'SLASH', 'key-SLASH', '{"payload":1}', 1777896000000, 'NEW', NULL, '', 'e-SLASH');
INSERT INTO inbox VALUES ('019df2dc-0a00-7779-8433-311f0de8c371', 'bot-2', 'EVENT', 'key-handled', '{}', 1777896000000, 'HANDLED', 1777896000000, '', '');
INSERT INTO inbox VALUES ('019df2dc-0a00-777a-9e38-cf761c70294a', 'bot-2', 'EVENT', 'key-abandoned', '{}', 1777896000000, 'ABANDONED', 1777896000000, 'cannot be read', '');
INSERT INTO job VALUES ('01900000-0000-7000-8000-000000000001', 1, 'bot-1', 'QUEUED', 'codeupdate staging web version=1.4.2', 'ann', 'staging', 'web', '1.4.2', '{"id":"01900000-0000-7000-8000-000000000001","number":1,"command":"codeupdate","right":{"permission":"codeupdate","environment":"staging","application":"web"},"canonical":"codeupdate staging web version=1.4.2","asker":{"team":"T1","user":"U1"},"askerName":"ann","groups":["S1"],"place":{"channel":"C1","kind":"CHANNEL","thread":"1777896000.000100"},"question":"1777896000.000100","work":{"is":"Work","title":"codeupdate staging web version=1.4.2","capability":"deploy","action":"deploy","arguments":{"app":"web","version":"1.4.2"},"reach":{"is":"Frozen","nodes":["web1","web2"]},"effect":"CHANGES","rollout":{"canary":{"amount":0,"isPercent":false},"batch":{"amount":100,"isPercent":true},"pause":0.0,"failures":{"amount":0,"isPercent":false},"check":null},"subject":{"environment":"staging","application":"web","version":"1.4.2"},"differences":[{"nodes":["web1","web2"],"from":"1.4.1","to":"1.4.2"}]},"emergency":null,"created":1777896000.000000000,"patience":60.000000000,"state":{"status":"QUEUED","nodes":{},"waves":[],"hasSlot":false,"held":false,"tolerated":0,"cancelledBy":null,"resumes":null,"note":"","dispatched":null,"ended":null}}', '{"hasSlot":false,"held":false,"tolerated":0,"cancelledBy":null,"resumes":null,"note":"","dispatched":null}', 1777896000000, NULL, 'slack:T1:U1');
INSERT INTO job VALUES ('01900000-0000-7000-8000-000000000010', 10, 'bot-1', 'AWAITING_APPROVAL', 'codeupdate staging web version=1.4.2', 'ann', '', '', '', '{"id":"01900000-0000-7000-8000-000000000010","number":10,"command":"codeupdate","right":{"permission":"codeupdate","environment":"staging","application":"web"},"canonical":"codeupdate staging web version=1.4.2","asker":{"team":"T1","user":"U1"},"askerName":"ann","groups":["S1"],"place":{"channel":"C1","kind":"CHANNEL","thread":"1777896000.000100"},"question":"1777896000.000100","work":{"is":"Work","title":"codeupdate staging web version=1.4.2","capability":"deploy","action":"deploy","arguments":{"app":"web","version":"1.4.2"},"reach":{"is":"Frozen","nodes":["web1"]},"effect":"CHANGES","rollout":{"canary":{"amount":0,"isPercent":false},"batch":{"amount":100,"isPercent":true},"pause":0.0,"failures":{"amount":0,"isPercent":false},"check":null},"subject":null,"differences":[]},"emergency":null,"created":1777896000.000000000,"patience":60.000000000,"state":{"status":"QUEUED","nodes":{},"waves":[],"hasSlot":true,"held":false,"tolerated":0,"cancelledBy":null,"resumes":null,"note":"","dispatched":null,"ended":null}}', '{"hasSlot":true,"held":false,"tolerated":1,"cancelledBy":null,"resumes":null,"note":"note","dispatched":1777896000.000000000}', 1777896000000, NULL, 'slack:T1:U1');
INSERT INTO job VALUES ('01900000-0000-7000-8000-000000000011', 11, 'bot-1', 'QUEUED', 'codeupdate staging web version=1.4.2', 'ann', '', '', '', '{"id":"01900000-0000-7000-8000-000000000011","number":11,"command":"codeupdate","right":{"permission":"codeupdate","environment":"staging","application":"web"},"canonical":"codeupdate staging web version=1.4.2","asker":{"team":"T1","user":"U1"},"askerName":"ann","groups":["S1"],"place":{"channel":"C1","kind":"CHANNEL","thread":"1777896000.000100"},"question":"1777896000.000100","work":{"is":"Work","title":"codeupdate staging web version=1.4.2","capability":"deploy","action":"deploy","arguments":{"app":"web","version":"1.4.2"},"reach":{"is":"Frozen","nodes":["web1"]},"effect":"CHANGES","rollout":{"canary":{"amount":0,"isPercent":false},"batch":{"amount":100,"isPercent":true},"pause":0.0,"failures":{"amount":0,"isPercent":false},"check":null},"subject":null,"differences":[]},"emergency":null,"created":1777896000.000000000,"patience":60.000000000,"state":{"status":"QUEUED","nodes":{},"waves":[],"hasSlot":true,"held":false,"tolerated":0,"cancelledBy":null,"resumes":null,"note":"","dispatched":null,"ended":null}}', '{"hasSlot":true,"held":false,"tolerated":1,"cancelledBy":null,"resumes":null,"note":"note","dispatched":1777896000.000000000}', 1777896000000, NULL, 'slack:T1:U1');
INSERT INTO job VALUES ('01900000-0000-7000-8000-000000000012', 12, 'bot-1', 'RUNNING', 'codeupdate staging web version=1.4.2', 'ann', '', '', '', '{"id":"01900000-0000-7000-8000-000000000012","number":12,"command":"codeupdate","right":{"permission":"codeupdate","environment":"staging","application":"web"},"canonical":"codeupdate staging web version=1.4.2","asker":{"team":"T1","user":"U1"},"askerName":"ann","groups":["S1"],"place":{"channel":"C1","kind":"CHANNEL","thread":"1777896000.000100"},"question":"1777896000.000100","work":{"is":"Work","title":"codeupdate staging web version=1.4.2","capability":"deploy","action":"deploy","arguments":{"app":"web","version":"1.4.2"},"reach":{"is":"Frozen","nodes":["web1"]},"effect":"CHANGES","rollout":{"canary":{"amount":0,"isPercent":false},"batch":{"amount":100,"isPercent":true},"pause":0.0,"failures":{"amount":0,"isPercent":false},"check":null},"subject":null,"differences":[]},"emergency":null,"created":1777896000.000000000,"patience":60.000000000,"state":{"status":"QUEUED","nodes":{},"waves":[],"hasSlot":true,"held":false,"tolerated":0,"cancelledBy":null,"resumes":null,"note":"","dispatched":null,"ended":null}}', '{"hasSlot":true,"held":false,"tolerated":1,"cancelledBy":null,"resumes":null,"note":"note","dispatched":1777896000.000000000}', 1777896000000, NULL, 'slack:T1:U1');
INSERT INTO job VALUES ('01900000-0000-7000-8000-000000000030', 30, 'bot-1', 'QUEUED', 'ping', 'ann', '', '', '', '{"id":"01900000-0000-7000-8000-000000000030","number":30,"command":"ping","right":{"permission":"ping","environment":"staging","application":"web"},"canonical":"ping","asker":{"team":"T1","user":"U1"},"askerName":"ann","groups":["S1"],"place":{"channel":"C1","kind":"CHANNEL","thread":"1777896000.000100"},"question":"1777896000.000100","work":{"is":"Work","title":"ping","capability":"ping","action":"ping","arguments":{},"reach":{"is":"Broadcast","environment":"","filter":"","nodes":["web1"]},"effect":"READ_ONLY","rollout":{"canary":{"amount":0,"isPercent":false},"batch":{"amount":100,"isPercent":true},"pause":0.0,"failures":{"amount":0,"isPercent":false},"check":null},"subject":null,"differences":[]},"emergency":null,"created":1777896000.000000000,"patience":60.000000000,"state":{"status":"QUEUED","nodes":{},"waves":[],"hasSlot":true,"held":false,"tolerated":0,"cancelledBy":null,"resumes":null,"note":"","dispatched":null,"ended":null}}', '{"hasSlot":true,"held":false,"tolerated":0,"cancelledBy":null,"resumes":null,"note":"","dispatched":null}', 1777896000000, NULL, 'slack:T1:U1');
INSERT INTO job VALUES ('01900000-0000-7000-8000-000000000100', 100, 'bot-1', 'AWAITING_APPROVAL', 'codeupdate staging web version=1.4.2', 'ann', 'staging', 'web', '1.4.2', '{"id":"01900000-0000-7000-8000-000000000100","number":100,"command":"codeupdate","right":{"permission":"codeupdate","environment":"staging","application":"web"},"canonical":"codeupdate staging web version=1.4.2","asker":{"team":"T1","user":"U1"},"askerName":"ann","groups":["S1"],"place":{"channel":"C1","kind":"CHANNEL","thread":"1777896000.000100"},"question":"1777896000.000100","work":{"is":"Work","title":"codeupdate staging web version=1.4.2","capability":"deploy","action":"deploy","arguments":{"app":"web","version":"1.4.2"},"reach":{"is":"Frozen","nodes":["web1","web2","web3"]},"effect":"CHANGES","rollout":{"canary":{"amount":0,"isPercent":false},"batch":{"amount":100,"isPercent":true},"pause":0.0,"failures":{"amount":0,"isPercent":false},"check":null},"subject":{"environment":"staging","application":"web","version":"1.4.2"},"differences":[{"nodes":["web1","web2","web3"],"from":"1.4.1","to":"1.4.2"}]},"emergency":null,"created":1777896000.000000000,"patience":60.000000000,"state":{"status":"QUEUED","nodes":{},"waves":[],"hasSlot":false,"held":false,"tolerated":0,"cancelledBy":null,"resumes":null,"note":"","dispatched":null,"ended":null}}', '{"hasSlot":false,"held":false,"tolerated":0,"cancelledBy":null,"resumes":null,"note":"","dispatched":null}', 1777896000000, NULL, 'slack:T1:U1');
INSERT INTO job VALUES ('01900000-0000-7000-8000-000000000013', 13, 'bot-1', 'PAUSED', 'codeupdate staging web version=1.4.2', 'ann', '', '', '', '{"id":"01900000-0000-7000-8000-000000000013","number":13,"command":"codeupdate","right":{"permission":"codeupdate","environment":"staging","application":"web"},"canonical":"codeupdate staging web version=1.4.2","asker":{"team":"T1","user":"U1"},"askerName":"ann","groups":["S1"],"place":{"channel":"C1","kind":"CHANNEL","thread":"1777896000.000100"},"question":"1777896000.000100","work":{"is":"Work","title":"codeupdate staging web version=1.4.2","capability":"deploy","action":"deploy","arguments":{"app":"web","version":"1.4.2"},"reach":{"is":"Frozen","nodes":["web1"]},"effect":"CHANGES","rollout":{"canary":{"amount":0,"isPercent":false},"batch":{"amount":100,"isPercent":true},"pause":0.0,"failures":{"amount":0,"isPercent":false},"check":null},"subject":null,"differences":[]},"emergency":null,"created":1777896000.000000000,"patience":60.000000000,"state":{"status":"QUEUED","nodes":{},"waves":[],"hasSlot":true,"held":false,"tolerated":0,"cancelledBy":null,"resumes":null,"note":"","dispatched":null,"ended":null}}', '{"hasSlot":true,"held":true,"tolerated":1,"cancelledBy":null,"resumes":1777896060.000000000,"note":"note","dispatched":1777896000.000000000}', 1777896000000, NULL, 'slack:T1:U1');
INSERT INTO job VALUES ('01900000-0000-7000-8000-000000000014', 14, 'bot-1', 'SUCCEEDED', 'codeupdate staging web version=1.4.2', 'ann', '', '', '', '{"id":"01900000-0000-7000-8000-000000000014","number":14,"command":"codeupdate","right":{"permission":"codeupdate","environment":"staging","application":"web"},"canonical":"codeupdate staging web version=1.4.2","asker":{"team":"T1","user":"U1"},"askerName":"ann","groups":["S1"],"place":{"channel":"C1","kind":"CHANNEL","thread":"1777896000.000100"},"question":"1777896000.000100","work":{"is":"Work","title":"codeupdate staging web version=1.4.2","capability":"deploy","action":"deploy","arguments":{"app":"web","version":"1.4.2"},"reach":{"is":"Frozen","nodes":["web1"]},"effect":"CHANGES","rollout":{"canary":{"amount":0,"isPercent":false},"batch":{"amount":100,"isPercent":true},"pause":0.0,"failures":{"amount":0,"isPercent":false},"check":null},"subject":null,"differences":[]},"emergency":null,"created":1777896000.000000000,"patience":60.000000000,"state":{"status":"QUEUED","nodes":{},"waves":[],"hasSlot":true,"held":false,"tolerated":0,"cancelledBy":null,"resumes":null,"note":"","dispatched":null,"ended":null}}', '{"hasSlot":true,"held":false,"tolerated":1,"cancelledBy":null,"resumes":null,"note":"note","dispatched":1777896000.000000000}', 1777896000000, 1777896005000, 'slack:T1:U1');
INSERT INTO job VALUES ('01900000-0000-7000-8000-000000000015', 15, 'bot-1', 'PARTLY_FAILED', 'codeupdate staging web version=1.4.2', 'ann', '', '', '', '{"id":"01900000-0000-7000-8000-000000000015","number":15,"command":"codeupdate","right":{"permission":"codeupdate","environment":"staging","application":"web"},"canonical":"codeupdate staging web version=1.4.2","asker":{"team":"T1","user":"U1"},"askerName":"ann","groups":["S1"],"place":{"channel":"C1","kind":"CHANNEL","thread":"1777896000.000100"},"question":"1777896000.000100","work":{"is":"Work","title":"codeupdate staging web version=1.4.2","capability":"deploy","action":"deploy","arguments":{"app":"web","version":"1.4.2"},"reach":{"is":"Frozen","nodes":["web1"]},"effect":"CHANGES","rollout":{"canary":{"amount":0,"isPercent":false},"batch":{"amount":100,"isPercent":true},"pause":0.0,"failures":{"amount":0,"isPercent":false},"check":null},"subject":null,"differences":[]},"emergency":null,"created":1777896000.000000000,"patience":60.000000000,"state":{"status":"QUEUED","nodes":{},"waves":[],"hasSlot":true,"held":false,"tolerated":0,"cancelledBy":null,"resumes":null,"note":"","dispatched":null,"ended":null}}', '{"hasSlot":true,"held":false,"tolerated":1,"cancelledBy":null,"resumes":null,"note":"note","dispatched":1777896000.000000000}', 1777896000000, 1777896005000, 'slack:T1:U1');
INSERT INTO job VALUES ('01900000-0000-7000-8000-000000000016', 16, 'bot-1', 'FAILED', 'codeupdate staging web version=1.4.2', 'ann', '', '', '', '{"id":"01900000-0000-7000-8000-000000000016","number":16,"command":"codeupdate","right":{"permission":"codeupdate","environment":"staging","application":"web"},"canonical":"codeupdate staging web version=1.4.2","asker":{"team":"T1","user":"U1"},"askerName":"ann","groups":["S1"],"place":{"channel":"C1","kind":"CHANNEL","thread":"1777896000.000100"},"question":"1777896000.000100","work":{"is":"Work","title":"codeupdate staging web version=1.4.2","capability":"deploy","action":"deploy","arguments":{"app":"web","version":"1.4.2"},"reach":{"is":"Frozen","nodes":["web1"]},"effect":"CHANGES","rollout":{"canary":{"amount":0,"isPercent":false},"batch":{"amount":100,"isPercent":true},"pause":0.0,"failures":{"amount":0,"isPercent":false},"check":null},"subject":null,"differences":[]},"emergency":null,"created":1777896000.000000000,"patience":60.000000000,"state":{"status":"QUEUED","nodes":{},"waves":[],"hasSlot":true,"held":false,"tolerated":0,"cancelledBy":null,"resumes":null,"note":"","dispatched":null,"ended":null}}', '{"hasSlot":true,"held":false,"tolerated":1,"cancelledBy":null,"resumes":null,"note":"note","dispatched":1777896000.000000000}', 1777896000000, 1777896005000, 'slack:T1:U1');
INSERT INTO job VALUES ('01900000-0000-7000-8000-000000000017', 17, 'bot-1', 'TIMED_OUT', 'codeupdate staging web version=1.4.2', 'ann', '', '', '', '{"id":"01900000-0000-7000-8000-000000000017","number":17,"command":"codeupdate","right":{"permission":"codeupdate","environment":"staging","application":"web"},"canonical":"codeupdate staging web version=1.4.2","asker":{"team":"T1","user":"U1"},"askerName":"ann","groups":["S1"],"place":{"channel":"C1","kind":"CHANNEL","thread":"1777896000.000100"},"question":"1777896000.000100","work":{"is":"Work","title":"codeupdate staging web version=1.4.2","capability":"deploy","action":"deploy","arguments":{"app":"web","version":"1.4.2"},"reach":{"is":"Frozen","nodes":["web1"]},"effect":"CHANGES","rollout":{"canary":{"amount":0,"isPercent":false},"batch":{"amount":100,"isPercent":true},"pause":0.0,"failures":{"amount":0,"isPercent":false},"check":null},"subject":null,"differences":[]},"emergency":null,"created":1777896000.000000000,"patience":60.000000000,"state":{"status":"QUEUED","nodes":{},"waves":[],"hasSlot":true,"held":false,"tolerated":0,"cancelledBy":null,"resumes":null,"note":"","dispatched":null,"ended":null}}', '{"hasSlot":true,"held":false,"tolerated":1,"cancelledBy":null,"resumes":null,"note":"note","dispatched":1777896000.000000000}', 1777896000000, 1777896005000, 'slack:T1:U1');
INSERT INTO job VALUES ('01900000-0000-7000-8000-000000000018', 18, 'bot-1', 'CANCELLED', 'codeupdate staging web version=1.4.2', 'ann', '', '', '', '{"id":"01900000-0000-7000-8000-000000000018","number":18,"command":"codeupdate","right":{"permission":"codeupdate","environment":"staging","application":"web"},"canonical":"codeupdate staging web version=1.4.2","asker":{"team":"T1","user":"U1"},"askerName":"ann","groups":["S1"],"place":{"channel":"C1","kind":"CHANNEL","thread":"1777896000.000100"},"question":"1777896000.000100","work":{"is":"Work","title":"codeupdate staging web version=1.4.2","capability":"deploy","action":"deploy","arguments":{"app":"web","version":"1.4.2"},"reach":{"is":"Frozen","nodes":["web1"]},"effect":"CHANGES","rollout":{"canary":{"amount":0,"isPercent":false},"batch":{"amount":100,"isPercent":true},"pause":0.0,"failures":{"amount":0,"isPercent":false},"check":null},"subject":null,"differences":[]},"emergency":null,"created":1777896000.000000000,"patience":60.000000000,"state":{"status":"QUEUED","nodes":{},"waves":[],"hasSlot":true,"held":false,"tolerated":0,"cancelledBy":null,"resumes":null,"note":"","dispatched":null,"ended":null}}', '{"hasSlot":true,"held":false,"tolerated":1,"cancelledBy":"ann","resumes":null,"note":"note","dispatched":1777896000.000000000}', 1777896000000, 1777896005000, 'slack:T1:U1');
INSERT INTO job VALUES ('01900000-0000-7000-8000-000000000101', 101, 'bot-1', 'AWAITING_APPROVAL', 'codeupdate staging web version=1.4.2', 'ann', 'staging', 'web', '1.4.2', '{"id":"01900000-0000-7000-8000-000000000101","number":101,"command":"codeupdate","right":{"permission":"codeupdate","environment":"staging","application":"web"},"canonical":"codeupdate staging web version=1.4.2","asker":{"team":"T1","user":"U1"},"askerName":"ann","groups":["S1"],"place":{"channel":"C1","kind":"CHANNEL","thread":"1777896000.000100"},"question":"1777896000.000100","work":{"is":"Work","title":"codeupdate staging web version=1.4.2","capability":"deploy","action":"deploy","arguments":{"app":"web","version":"1.4.2"},"reach":{"is":"Frozen","nodes":["web1","web2","web3"]},"effect":"CHANGES","rollout":{"canary":{"amount":0,"isPercent":false},"batch":{"amount":100,"isPercent":true},"pause":0.0,"failures":{"amount":0,"isPercent":false},"check":null},"subject":{"environment":"staging","application":"web","version":"1.4.2"},"differences":[{"nodes":["web1","web2","web3"],"from":"1.4.1","to":"1.4.2"}]},"emergency":null,"created":1777896000.000000000,"patience":60.000000000,"state":{"status":"QUEUED","nodes":{},"waves":[],"hasSlot":false,"held":false,"tolerated":0,"cancelledBy":null,"resumes":null,"note":"","dispatched":null,"ended":null}}', '{"hasSlot":false,"held":false,"tolerated":0,"cancelledBy":null,"resumes":null,"note":"","dispatched":null}', 1777896000000, NULL, 'slack:T1:U1');
INSERT INTO job VALUES ('01900000-0000-7000-8000-000000000102', 102, 'bot-1', 'AWAITING_APPROVAL', 'codeupdate staging web version=1.4.2', 'ann', 'staging', 'web', '1.4.2', '{"id":"01900000-0000-7000-8000-000000000102","number":102,"command":"codeupdate","right":{"permission":"codeupdate","environment":"staging","application":"web"},"canonical":"codeupdate staging web version=1.4.2","asker":{"team":"T1","user":"U1"},"askerName":"ann","groups":["S1"],"place":{"channel":"C1","kind":"CHANNEL","thread":"1777896000.000100"},"question":"1777896000.000100","work":{"is":"Work","title":"codeupdate staging web version=1.4.2","capability":"deploy","action":"deploy","arguments":{"app":"web","version":"1.4.2"},"reach":{"is":"Frozen","nodes":["web1","web2","web3"]},"effect":"CHANGES","rollout":{"canary":{"amount":0,"isPercent":false},"batch":{"amount":100,"isPercent":true},"pause":0.0,"failures":{"amount":0,"isPercent":false},"check":null},"subject":{"environment":"staging","application":"web","version":"1.4.2"},"differences":[{"nodes":["web1","web2","web3"],"from":"1.4.1","to":"1.4.2"}]},"emergency":null,"created":1777896000.000000000,"patience":60.000000000,"state":{"status":"QUEUED","nodes":{},"waves":[],"hasSlot":false,"held":false,"tolerated":0,"cancelledBy":null,"resumes":null,"note":"","dispatched":null,"ended":null}}', '{"hasSlot":false,"held":false,"tolerated":0,"cancelledBy":null,"resumes":null,"note":"","dispatched":null}', 1777896000000, NULL, 'slack:T1:U1');
INSERT INTO job VALUES ('01900000-0000-7000-8000-000000000103', 103, 'bot-1', 'AWAITING_APPROVAL', 'codeupdate staging web version=1.4.2', 'ann', 'staging', 'web', '1.4.2', '{"id":"01900000-0000-7000-8000-000000000103","number":103,"command":"codeupdate","right":{"permission":"codeupdate","environment":"staging","application":"web"},"canonical":"codeupdate staging web version=1.4.2","asker":{"team":"T1","user":"U1"},"askerName":"ann","groups":["S1"],"place":{"channel":"C1","kind":"CHANNEL","thread":"1777896000.000100"},"question":"1777896000.000100","work":{"is":"Work","title":"codeupdate staging web version=1.4.2","capability":"deploy","action":"deploy","arguments":{"app":"web","version":"1.4.2"},"reach":{"is":"Frozen","nodes":["web1","web2","web3"]},"effect":"CHANGES","rollout":{"canary":{"amount":0,"isPercent":false},"batch":{"amount":100,"isPercent":true},"pause":0.0,"failures":{"amount":0,"isPercent":false},"check":null},"subject":{"environment":"staging","application":"web","version":"1.4.2"},"differences":[{"nodes":["web1","web2","web3"],"from":"1.4.1","to":"1.4.2"}]},"emergency":null,"created":1777896000.000000000,"patience":60.000000000,"state":{"status":"QUEUED","nodes":{},"waves":[],"hasSlot":false,"held":false,"tolerated":0,"cancelledBy":null,"resumes":null,"note":"","dispatched":null,"ended":null}}', '{"hasSlot":false,"held":false,"tolerated":0,"cancelledBy":null,"resumes":null,"note":"","dispatched":null}', 1777896000000, NULL, 'slack:T1:U1');
INSERT INTO job VALUES ('01900000-0000-7000-8000-000000000104', 104, 'bot-1', 'AWAITING_APPROVAL', 'codeupdate staging web version=1.4.2', 'ann', 'staging', 'web', '1.4.2', '{"id":"01900000-0000-7000-8000-000000000104","number":104,"command":"codeupdate","right":{"permission":"codeupdate","environment":"staging","application":"web"},"canonical":"codeupdate staging web version=1.4.2","asker":{"team":"T1","user":"U1"},"askerName":"ann","groups":["S1"],"place":{"channel":"C1","kind":"CHANNEL","thread":"1777896000.000100"},"question":"1777896000.000100","work":{"is":"Work","title":"codeupdate staging web version=1.4.2","capability":"deploy","action":"deploy","arguments":{"app":"web","version":"1.4.2"},"reach":{"is":"Frozen","nodes":["web1","web2","web3"]},"effect":"CHANGES","rollout":{"canary":{"amount":0,"isPercent":false},"batch":{"amount":100,"isPercent":true},"pause":0.0,"failures":{"amount":0,"isPercent":false},"check":null},"subject":{"environment":"staging","application":"web","version":"1.4.2"},"differences":[{"nodes":["web1","web2","web3"],"from":"1.4.1","to":"1.4.2"}]},"emergency":null,"created":1777896000.000000000,"patience":60.000000000,"state":{"status":"QUEUED","nodes":{},"waves":[],"hasSlot":false,"held":false,"tolerated":0,"cancelledBy":null,"resumes":null,"note":"","dispatched":null,"ended":null}}', '{"hasSlot":false,"held":false,"tolerated":0,"cancelledBy":null,"resumes":null,"note":"","dispatched":null}', 1777896000000, NULL, 'slack:T1:U1');
INSERT INTO job VALUES ('01900000-0000-7000-8000-000000000105', 105, 'bot-1', 'AWAITING_APPROVAL', 'codeupdate staging web version=1.4.2', 'ann', 'staging', 'web', '1.4.2', '{"id":"01900000-0000-7000-8000-000000000105","number":105,"command":"codeupdate","right":{"permission":"codeupdate","environment":"staging","application":"web"},"canonical":"codeupdate staging web version=1.4.2","asker":{"team":"T1","user":"U1"},"askerName":"ann","groups":["S1"],"place":{"channel":"C1","kind":"CHANNEL","thread":"1777896000.000100"},"question":"1777896000.000100","work":{"is":"Work","title":"codeupdate staging web version=1.4.2","capability":"deploy","action":"deploy","arguments":{"app":"web","version":"1.4.2"},"reach":{"is":"Frozen","nodes":["web1","web2","web3"]},"effect":"CHANGES","rollout":{"canary":{"amount":0,"isPercent":false},"batch":{"amount":100,"isPercent":true},"pause":0.0,"failures":{"amount":0,"isPercent":false},"check":null},"subject":{"environment":"staging","application":"web","version":"1.4.2"},"differences":[{"nodes":["web1","web2","web3"],"from":"1.4.1","to":"1.4.2"}]},"emergency":null,"created":1777896000.000000000,"patience":60.000000000,"state":{"status":"QUEUED","nodes":{},"waves":[],"hasSlot":false,"held":false,"tolerated":0,"cancelledBy":null,"resumes":null,"note":"","dispatched":null,"ended":null}}', '{"hasSlot":false,"held":false,"tolerated":0,"cancelledBy":null,"resumes":null,"note":"","dispatched":null}', 1777896000000, NULL, 'slack:T1:U1');
INSERT INTO job VALUES ('01900000-0000-7000-8000-000000000106', 106, 'bot-1', 'AWAITING_APPROVAL', 'codeupdate staging web version=1.4.2', 'ann', 'staging', 'web', '1.4.2', '{"id":"01900000-0000-7000-8000-000000000106","number":106,"command":"codeupdate","right":{"permission":"codeupdate","environment":"staging","application":"web"},"canonical":"codeupdate staging web version=1.4.2","asker":{"team":"T1","user":"U1"},"askerName":"ann","groups":["S1"],"place":{"channel":"C1","kind":"CHANNEL","thread":"1777896000.000100"},"question":"1777896000.000100","work":{"is":"Work","title":"codeupdate staging web version=1.4.2","capability":"deploy","action":"deploy","arguments":{"app":"web","version":"1.4.2"},"reach":{"is":"Frozen","nodes":["web1","web2","web3"]},"effect":"CHANGES","rollout":{"canary":{"amount":0,"isPercent":false},"batch":{"amount":100,"isPercent":true},"pause":0.0,"failures":{"amount":0,"isPercent":false},"check":null},"subject":{"environment":"staging","application":"web","version":"1.4.2"},"differences":[{"nodes":["web1","web2","web3"],"from":"1.4.1","to":"1.4.2"}]},"emergency":null,"created":1777896000.000000000,"patience":60.000000000,"state":{"status":"QUEUED","nodes":{},"waves":[],"hasSlot":false,"held":false,"tolerated":0,"cancelledBy":null,"resumes":null,"note":"","dispatched":null,"ended":null}}', '{"hasSlot":false,"held":false,"tolerated":0,"cancelledBy":null,"resumes":null,"note":"","dispatched":null}', 1777896000000, NULL, 'slack:T1:U1');
INSERT INTO job VALUES ('01900000-0000-7000-8000-000000000107', 107, 'bot-1', 'AWAITING_APPROVAL', 'codeupdate staging web version=1.4.2', 'ann', 'staging', 'web', '1.4.2', '{"id":"01900000-0000-7000-8000-000000000107","number":107,"command":"codeupdate","right":{"permission":"codeupdate","environment":"staging","application":"web"},"canonical":"codeupdate staging web version=1.4.2","asker":{"team":"T1","user":"U1"},"askerName":"ann","groups":["S1"],"place":{"channel":"C1","kind":"CHANNEL","thread":"1777896000.000100"},"question":"1777896000.000100","work":{"is":"Work","title":"codeupdate staging web version=1.4.2","capability":"deploy","action":"deploy","arguments":{"app":"web","version":"1.4.2"},"reach":{"is":"Frozen","nodes":["web1","web2","web3"]},"effect":"CHANGES","rollout":{"canary":{"amount":0,"isPercent":false},"batch":{"amount":100,"isPercent":true},"pause":0.0,"failures":{"amount":0,"isPercent":false},"check":null},"subject":{"environment":"staging","application":"web","version":"1.4.2"},"differences":[{"nodes":["web1","web2","web3"],"from":"1.4.1","to":"1.4.2"}]},"emergency":null,"created":1777896000.000000000,"patience":60.000000000,"state":{"status":"QUEUED","nodes":{},"waves":[],"hasSlot":false,"held":false,"tolerated":0,"cancelledBy":null,"resumes":null,"note":"","dispatched":null,"ended":null}}', '{"hasSlot":false,"held":false,"tolerated":0,"cancelledBy":null,"resumes":null,"note":"","dispatched":null}', 1777896000000, NULL, 'slack:T1:U1');
INSERT INTO job_node VALUES ('01900000-0000-7000-8000-000000000001', 'web2', 'WAITING', '', 'null', 0, '', '', 0, 0, 0, '', '', 0, 0);
INSERT INTO job_node VALUES ('01900000-0000-7000-8000-000000000001', 'web1', 'WAITING', '', 'null', 0, '', '', 0, 0, 0, '', '', 0, 0);
INSERT INTO job_node VALUES ('01900000-0000-7000-8000-000000000010', 'web1', 'WAITING', '', 'null', 0, '01900000-0000-7000-8000-000000000010', '', 0, 1777896000000, 0, '', '', 0, 0);
INSERT INTO job_node VALUES ('01900000-0000-7000-8000-000000000011', 'web1', 'WAITING', '', 'null', 0, '01900000-0000-7000-8000-000000000011', '', 0, 1777896000000, 0, '', '', 0, 0);
INSERT INTO job_node VALUES ('01900000-0000-7000-8000-000000000012', 'web1', 'WAITING', '', 'null', 0, '01900000-0000-7000-8000-000000000012', '', 0, 1777896000000, 0, '', '', 0, 0);
INSERT INTO job_node VALUES ('01900000-0000-7000-8000-000000000013', 'web1', 'WAITING', '', 'null', 0, '01900000-0000-7000-8000-000000000013', '', 0, 1777896000000, 0, '', '', 0, 0);
INSERT INTO job_node VALUES ('01900000-0000-7000-8000-000000000014', 'web1', 'WAITING', '', 'null', 0, '01900000-0000-7000-8000-000000000014', '', 0, 1777896000000, 0, '', '', 0, 0);
INSERT INTO job_node VALUES ('01900000-0000-7000-8000-000000000015', 'web1', 'WAITING', '', 'null', 0, '01900000-0000-7000-8000-000000000015', '', 0, 1777896000000, 0, '', '', 0, 0);
INSERT INTO job_node VALUES ('01900000-0000-7000-8000-000000000016', 'web1', 'WAITING', '', 'null', 0, '01900000-0000-7000-8000-000000000016', '', 0, 1777896000000, 0, '', '', 0, 0);
INSERT INTO job_node VALUES ('01900000-0000-7000-8000-000000000017', 'web1', 'WAITING', '', 'null', 0, '01900000-0000-7000-8000-000000000017', '', 0, 1777896000000, 0, '', '', 0, 0);
INSERT INTO job_node VALUES ('01900000-0000-7000-8000-000000000018', 'web1', 'WAITING', '', 'null', 0, '01900000-0000-7000-8000-000000000018', '', 0, 1777896000000, 0, '', '', 0, 0);
INSERT INTO job_node VALUES ('01900000-0000-7000-8000-000000000030', 'web1', 'WAITING', '', 'null', 0, '01900000-0000-7000-8000-000000000030', '', 0, 1777896000000, 0, '', '', 0, 0);
INSERT INTO job_node VALUES ('01900000-0000-7000-8000-000000000100', 'web1', 'WAITING', '', 'null', 0, '', '', 0, 0, 0, '', '', 0, 0);
INSERT INTO job_node VALUES ('01900000-0000-7000-8000-000000000100', 'web2', 'WAITING', '', 'null', 0, '', '', 0, 0, 0, '', '', 0, 0);
INSERT INTO job_node VALUES ('01900000-0000-7000-8000-000000000100', 'web3', 'WAITING', '', 'null', 0, '', '', 0, 0, 0, '', '', 0, 0);
INSERT INTO job_node VALUES ('01900000-0000-7000-8000-000000000101', 'web1', 'WAITING', '', 'null', 0, '', '', 0, 0, 0, '', '', 0, 0);
INSERT INTO job_node VALUES ('01900000-0000-7000-8000-000000000101', 'web2', 'WAITING', '', 'null', 0, '', '', 0, 0, 0, '', '', 0, 0);
INSERT INTO job_node VALUES ('01900000-0000-7000-8000-000000000101', 'web3', 'WAITING', '', 'null', 0, '', '', 0, 0, 0, '', '', 0, 0);
INSERT INTO job_node VALUES ('01900000-0000-7000-8000-000000000102', 'web1', 'WAITING', '', 'null', 0, '', '', 0, 0, 0, '', '', 0, 0);
INSERT INTO job_node VALUES ('01900000-0000-7000-8000-000000000102', 'web2', 'WAITING', '', 'null', 0, '', '', 0, 0, 0, '', '', 0, 0);
INSERT INTO job_node VALUES ('01900000-0000-7000-8000-000000000102', 'web3', 'WAITING', '', 'null', 0, '', '', 0, 0, 0, '', '', 0, 0);
INSERT INTO job_node VALUES ('01900000-0000-7000-8000-000000000103', 'web1', 'WAITING', '', 'null', 0, '', '', 0, 0, 0, '', '', 0, 0);
INSERT INTO job_node VALUES ('01900000-0000-7000-8000-000000000103', 'web2', 'WAITING', '', 'null', 0, '', '', 0, 0, 0, '', '', 0, 0);
INSERT INTO job_node VALUES ('01900000-0000-7000-8000-000000000103', 'web3', 'WAITING', '', 'null', 0, '', '', 0, 0, 0, '', '', 0, 0);
INSERT INTO job_node VALUES ('01900000-0000-7000-8000-000000000104', 'web1', 'WAITING', '', 'null', 0, '', '', 0, 0, 0, '', '', 0, 0);
INSERT INTO job_node VALUES ('01900000-0000-7000-8000-000000000104', 'web2', 'WAITING', '', 'null', 0, '', '', 0, 0, 0, '', '', 0, 0);
INSERT INTO job_node VALUES ('01900000-0000-7000-8000-000000000104', 'web3', 'WAITING', '', 'null', 0, '', '', 0, 0, 0, '', '', 0, 0);
INSERT INTO job_node VALUES ('01900000-0000-7000-8000-000000000105', 'web1', 'WAITING', '', 'null', 0, '', '', 0, 0, 0, '', '', 0, 0);
INSERT INTO job_node VALUES ('01900000-0000-7000-8000-000000000105', 'web2', 'WAITING', '', 'null', 0, '', '', 0, 0, 0, '', '', 0, 0);
INSERT INTO job_node VALUES ('01900000-0000-7000-8000-000000000105', 'web3', 'WAITING', '', 'null', 0, '', '', 0, 0, 0, '', '', 0, 0);
INSERT INTO job_node VALUES ('01900000-0000-7000-8000-000000000106', 'web1', 'WAITING', '', 'null', 0, '', '', 0, 0, 0, '', '', 0, 0);
INSERT INTO job_node VALUES ('01900000-0000-7000-8000-000000000106', 'web2', 'WAITING', '', 'null', 0, '', '', 0, 0, 0, '', '', 0, 0);
INSERT INTO job_node VALUES ('01900000-0000-7000-8000-000000000106', 'web3', 'WAITING', '', 'null', 0, '', '', 0, 0, 0, '', '', 0, 0);
INSERT INTO job_node VALUES ('01900000-0000-7000-8000-000000000107', 'web1', 'WAITING', '', 'null', 0, '', '', 0, 0, 0, '', '', 0, 0);
INSERT INTO job_node VALUES ('01900000-0000-7000-8000-000000000107', 'web2', 'WAITING', '', 'null', 0, '', '', 0, 0, 0, '', '', 0, 0);
INSERT INTO job_node VALUES ('01900000-0000-7000-8000-000000000107', 'web3', 'WAITING', '', 'null', 0, '', '', 0, 0, 0, '', '', 0, 0);
INSERT INTO job_number VALUES (0);
INSERT INTO job_order VALUES ('order-0', '01900000-0000-7000-8000-000000000001', '{"is":"Approved","by":"ann"}');
INSERT INTO job_order VALUES ('order-1', '01900000-0000-7000-8000-000000000001', '{"is":"Declined","by":"ann","reason":"not today"}');
INSERT INTO job_order VALUES ('order-2', '01900000-0000-7000-8000-000000000001', '{"is":"Pause","by":"ann"}');
INSERT INTO job_order VALUES ('order-3', '01900000-0000-7000-8000-000000000001', '{"is":"Resume","by":"ann"}');
INSERT INTO job_order VALUES ('order-4', '01900000-0000-7000-8000-000000000001', '{"is":"RetryFailed","by":"ann","requests":["r-1","r-2"]}');
INSERT INTO job_order VALUES ('order-5', '01900000-0000-7000-8000-000000000001', '{"is":"Cancel","by":"ann","request":"r-3"}');
INSERT INTO job_output VALUES ('01900000-0000-7000-8000-000000000001', 'web1', 0, 'hello
');
INSERT INTO job_wave VALUES ('01900000-0000-7000-8000-000000000001', 0, '01900000-0000-7000-8000-000000000001', 'WORK', 'PLANNED', 'web1,web2', '', NULL, NULL);
INSERT INTO job_wave VALUES ('01900000-0000-7000-8000-000000000010', 0, '01900000-0000-7000-8000-000000000010', 'WORK', 'SENDING', 'web1', '', NULL, 1777896060000);
INSERT INTO job_wave VALUES ('01900000-0000-7000-8000-000000000011', 0, '01900000-0000-7000-8000-000000000011', 'WORK', 'SENDING', 'web1', '', NULL, 1777896060000);
INSERT INTO job_wave VALUES ('01900000-0000-7000-8000-000000000012', 0, '01900000-0000-7000-8000-000000000012', 'WORK', 'SENDING', 'web1', '', NULL, 1777896060000);
INSERT INTO job_wave VALUES ('01900000-0000-7000-8000-000000000013', 0, '01900000-0000-7000-8000-000000000013', 'WORK', 'SENDING', 'web1', '', NULL, 1777896060000);
INSERT INTO job_wave VALUES ('01900000-0000-7000-8000-000000000014', 0, '01900000-0000-7000-8000-000000000014', 'WORK', 'SENDING', 'web1', '', NULL, 1777896060000);
INSERT INTO job_wave VALUES ('01900000-0000-7000-8000-000000000015', 0, '01900000-0000-7000-8000-000000000015', 'WORK', 'SENDING', 'web1', '', NULL, 1777896060000);
INSERT INTO job_wave VALUES ('01900000-0000-7000-8000-000000000016', 0, '01900000-0000-7000-8000-000000000016', 'WORK', 'SENDING', 'web1', '', NULL, 1777896060000);
INSERT INTO job_wave VALUES ('01900000-0000-7000-8000-000000000017', 0, '01900000-0000-7000-8000-000000000017', 'WORK', 'SENDING', 'web1', '', NULL, 1777896060000);
INSERT INTO job_wave VALUES ('01900000-0000-7000-8000-000000000018', 0, '01900000-0000-7000-8000-000000000018', 'WORK', 'SENDING', 'web1', '', NULL, 1777896060000);
INSERT INTO job_wave VALUES ('01900000-0000-7000-8000-000000000030', 0, '01900000-0000-7000-8000-000000000030', 'WORK', 'SENDING', 'web1', '', NULL, 1777896060000);
INSERT INTO job_wave VALUES ('01900000-0000-7000-8000-000000000100', 0, '01900000-0000-7000-8000-000000000100', 'WORK', 'PLANNED', 'web1,web2,web3', '', NULL, NULL);
INSERT INTO job_wave VALUES ('01900000-0000-7000-8000-000000000101', 0, '01900000-0000-7000-8000-000000000101', 'WORK', 'PLANNED', 'web1,web2,web3', '', NULL, NULL);
INSERT INTO job_wave VALUES ('01900000-0000-7000-8000-000000000102', 0, '01900000-0000-7000-8000-000000000102', 'WORK', 'PLANNED', 'web1,web2,web3', '', NULL, NULL);
INSERT INTO job_wave VALUES ('01900000-0000-7000-8000-000000000103', 0, '01900000-0000-7000-8000-000000000103', 'WORK', 'PLANNED', 'web1,web2,web3', '', NULL, NULL);
INSERT INTO job_wave VALUES ('01900000-0000-7000-8000-000000000104', 0, '01900000-0000-7000-8000-000000000104', 'WORK', 'PLANNED', 'web1,web2,web3', '', NULL, NULL);
INSERT INTO job_wave VALUES ('01900000-0000-7000-8000-000000000105', 0, '01900000-0000-7000-8000-000000000105', 'WORK', 'PLANNED', 'web1,web2,web3', '', NULL, NULL);
INSERT INTO job_wave VALUES ('01900000-0000-7000-8000-000000000106', 0, '01900000-0000-7000-8000-000000000106', 'WORK', 'PLANNED', 'web1,web2,web3', '', NULL, NULL);
INSERT INTO job_wave VALUES ('01900000-0000-7000-8000-000000000107', 0, '01900000-0000-7000-8000-000000000107', 'WORK', 'PLANNED', 'web1,web2,web3', '', NULL, NULL);
INSERT INTO node VALUES ('web1', '{"node":"web1","collective":"main","env":"staging","apps":{"web":"1.4.2"},"roles":["frontend"],"tags":["blue"],"facts":{"os":"linux"},"capabilities":["ping"]}', 3, 15, 1777896000000, 20000, 1);
INSERT INTO node_flip VALUES ('node-0', 1777896000000, '', 'NEW');
INSERT INTO node_flip VALUES ('node-1', 1777896000000, '', 'UP');
INSERT INTO node_flip VALUES ('node-2', 1777896000000, '', 'LATE');
INSERT INTO node_flip VALUES ('node-3', 1777896000000, '', 'DOWN');
INSERT INTO node_flip VALUES ('node-4', 1777896000000, '', 'LEFT');
INSERT INTO node_flip VALUES ('node-5', 1777896000000, '', 'ZOMBIE');
INSERT INTO node_life VALUES ('node-0', 'prod', '["db","web"]', 'NEW', 1, 1777896040000, 3, 14, '{"mark":{"incarnation":3,"sequence":14},"heard":1777896000.000000000,"interval":20.000000000,"leaving":true,"owing":1777896001.000000000}', '{"state":"NEW","since":1777896000.000000000,"told":"FLAPPING","flaps":{"history":5,"sampled":1777896001.000000000,"flapping":true},"maintenance":1777896002.000000000,"silenced":1777896003.000000000}');
INSERT INTO node_life VALUES ('node-1', 'prod', '["db","web"]', 'UP', 1, 1777896040000, 3, 14, '{"mark":{"incarnation":3,"sequence":14},"heard":1777896000.000000000,"interval":20.000000000,"leaving":true,"owing":1777896001.000000000}', '{"state":"UP","since":1777896000.000000000,"told":"FLAPPING","flaps":{"history":5,"sampled":1777896001.000000000,"flapping":true},"maintenance":1777896002.000000000,"silenced":1777896003.000000000}');
INSERT INTO node_life VALUES ('node-2', 'prod', '["db","web"]', 'LATE', 1, 1777896040000, 3, 14, '{"mark":{"incarnation":3,"sequence":14},"heard":1777896000.000000000,"interval":20.000000000,"leaving":true,"owing":1777896001.000000000}', '{"state":"LATE","since":1777896000.000000000,"told":"FLAPPING","flaps":{"history":5,"sampled":1777896001.000000000,"flapping":true},"maintenance":1777896002.000000000,"silenced":1777896003.000000000}');
INSERT INTO node_life VALUES ('node-3', 'prod', '["db","web"]', 'DOWN', 1, 1777896040000, 3, 14, '{"mark":{"incarnation":3,"sequence":14},"heard":1777896000.000000000,"interval":20.000000000,"leaving":true,"owing":1777896001.000000000}', '{"state":"DOWN","since":1777896000.000000000,"told":"FLAPPING","flaps":{"history":5,"sampled":1777896001.000000000,"flapping":true},"maintenance":1777896002.000000000,"silenced":1777896003.000000000}');
INSERT INTO node_life VALUES ('node-4', 'prod', '["db","web"]', 'LEFT', 1, 1777896040000, 3, 14, '{"mark":{"incarnation":3,"sequence":14},"heard":1777896000.000000000,"interval":20.000000000,"leaving":true,"owing":1777896001.000000000}', '{"state":"LEFT","since":1777896000.000000000,"told":"FLAPPING","flaps":{"history":5,"sampled":1777896001.000000000,"flapping":true},"maintenance":1777896002.000000000,"silenced":1777896003.000000000}');
INSERT INTO node_life VALUES ('node-5', 'prod', '["db","web"]', 'ZOMBIE', 1, 1777896040000, 3, 14, '{"mark":{"incarnation":3,"sequence":14},"heard":1777896000.000000000,"interval":20.000000000,"leaving":true,"owing":1777896001.000000000}', '{"state":"ZOMBIE","since":1777896000.000000000,"told":"FLAPPING","flaps":{"history":5,"sampled":1777896001.000000000,"flapping":true},"maintenance":1777896002.000000000,"silenced":1777896003.000000000}');
INSERT INTO once VALUES ('ci', 'build-7', 1777982400000);
INSERT INTO outbox VALUES ('outbound/message', '{"is":"Shown","place":{"channel":"C1","kind":"CHANNEL","thread":"1777896000.000100"},"message":{"blocks":[{"is":"Header","text":"a header"},{"is":"Paragraph","text":{"spans":[{"is":"Plain","text":"plain"},{"is":"Bold","text":"bold"},{"is":"Code","text":"code"},{"is":"Person","user":"U1"},{"is":"Group","group":"S1"},{"is":"Channel","channel":"C1"},{"is":"Link","url":"https://ci.example/7","label":"build 7"},{"is":"Moment","at":1777896000.000000000,"withDay":true}]}},{"is":"Preformatted","text":"two\nlines, ünïcödé and 🚀"},{"is":"Footnote","text":{"spans":[{"is":"Plain","text":"small"}]}},{"is":"Divider"},{"is":"Buttons","buttons":[{"action":"job.again","value":"job-1","label":"Run again","style":"DANGER","confirmation":{"title":"Again?","text":"Sure?","yes":"Yes","no":"No"}},{"action":"job.cancel","value":"job-2","label":"Cancel","style":"PLAIN","confirmation":null},{"action":"job.pause","value":"job-3","label":"Pause","style":"PRIMARY","confirmation":null}]}]},"broadcast":true,"asker":"U1"}', 1, 1, 0, NULL, 0, 0, 0, '', 0, 0, 0, '', 1777896000000, 1777896000000);
INSERT INTO outbox VALUES ('outbound/ephemeral', '{"is":"Whispered","place":{"channel":"C2","kind":"SHARED_CHANNEL","thread":"1.1"},"user":"U1","message":{"blocks":[{"is":"Paragraph","text":{"spans":[{"is":"Plain","text":"short"}]}}]}}', 1, 1, 0, NULL, 0, 0, 0, '', 0, 0, 0, '', 1777896000000, 1777896000000);
INSERT INTO outbox VALUES ('outbound/reaction', '{"is":"Reacted","channel":"C1","timestamp":"1.1","emoji":"white_check_mark","removes":"eyes"}', 1, 1, 0, NULL, 0, 0, 0, '', 0, 0, 0, '', 1777896000000, 1777896000000);
INSERT INTO outbox VALUES ('outbound/file', '{"is":"Attached","place":{"channel":"D1","kind":"DIRECT","thread":null},"name":"job-1.txt","title":"Everything","content":"line","asker":"U1"}', 1, 1, 0, NULL, 0, 0, 0, '', 0, 0, 0, '', 1777896000000, 1777896000000);
INSERT INTO outbox VALUES ('outbound/home', '{"is":"Home","user":"U1","message":{"blocks":[{"is":"Paragraph","text":{"spans":[{"is":"Plain","text":"short"}]}}]}}', 1, 1, 0, NULL, 0, 0, 0, '', 0, 0, 0, '', 1777896000000, 1777896000000);
INSERT INTO outbox VALUES ('outbound/heartbeat', '{"is":"Pulse","at":1777896000.000000000}', 1, 1, 0, NULL, 0, 0, 0, '', 0, 0, 0, '', 1777896000000, 1777896000000);
INSERT INTO outbox VALUES ('outbound/thread_reply', '{"is":"Below","root":"job:1","reply":{"is":"Shown","place":{"channel":"C1","kind":"CHANNEL","thread":"1777896000.000100"},"message":{"blocks":[{"is":"Paragraph","text":{"spans":[{"is":"Plain","text":"short"}]}}]},"broadcast":false,"asker":null}}', 1, 1, 0, NULL, 0, 0, 0, '', 0, 0, 0, '', 1777896000000, 1777896000000);
INSERT INTO policy VALUES ('4444444444444444444444444444444444444444444444444444444444444444', 'policy.yaml', 'version: 1
', 1777896000000);
INSERT INTO schedule VALUES (5, 1777896060000, '{"number":5,"owner":{"team":"T1","user":"U1"},"ownerName":"ann","place":{"channel":"C1","kind":"CHANNEL","thread":"1777896000.000100"},"command":"discover","cron":"0 3 * * *","due":1777896060.000000000}');
INSERT INTO schedule_number VALUES (0);
INSERT INTO seat VALUES ('bot-1', 'process-1', 1, 1, 1795983086460);
INSERT INTO silence VALUES (3, 1777896000000, 1777899600000, '{"number":3,"kind":"MAINTENANCE","matchers":{"node":"web1"},"from":1777896000.000000000,"until":1777899600.000000000,"author":"ann","reason":"new disks"}');
INSERT INTO silence_number VALUES (0);
INSERT INTO trusted_node VALUES ('web1', 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 1777896000000);
INSERT INTO watch VALUES ('fleet', 'process-1', 1777896000000, '[{"kind":"MASS_LOSS","scope":{"environment":"prod","fleet":false},"began":1777896000.000000000,"watching":1777896001.000000000,"patience":30.000000000,"settles":1777896002.000000000,"said":12,"saidAt":1777896003.000000000}]');
ALTER TABLE ONLY alert_episode
    ADD CONSTRAINT alert_episode_number_key UNIQUE (number);
ALTER TABLE ONLY alert_episode
    ADD CONSTRAINT alert_episode_pkey PRIMARY KEY (id);
ALTER TABLE ONLY alert_member
    ADD CONSTRAINT alert_member_pkey PRIMARY KEY (episode_id, key);
ALTER TABLE ONLY alert_signal
    ADD CONSTRAINT alert_signal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY approval
    ADD CONSTRAINT approval_job_id_key UNIQUE (job_id);
ALTER TABLE ONLY approval
    ADD CONSTRAINT approval_number_key UNIQUE (number);
ALTER TABLE ONLY approval
    ADD CONSTRAINT approval_pkey PRIMARY KEY (id);
ALTER TABLE ONLY approval_vote
    ADD CONSTRAINT approval_vote_pkey PRIMARY KEY (approval_id, voter);
ALTER TABLE ONLY audit
    ADD CONSTRAINT audit_pkey PRIMARY KEY (number);
ALTER TABLE ONLY declared_freeze
    ADD CONSTRAINT declared_freeze_pkey PRIMARY KEY (number);
ALTER TABLE ONLY deploy_lock
    ADD CONSTRAINT deploy_lock_pkey PRIMARY KEY (environment, application);
ALTER TABLE ONLY deploy_slot
    ADD CONSTRAINT deploy_slot_job_id_key UNIQUE (job_id);
ALTER TABLE ONLY deploy_slot
    ADD CONSTRAINT deploy_slot_pkey PRIMARY KEY (environment, application);
ALTER TABLE ONLY flyway_schema_history
    ADD CONSTRAINT flyway_schema_history_pk PRIMARY KEY (installed_rank);
ALTER TABLE ONLY hook_call
    ADD CONSTRAINT hook_call_pkey PRIMARY KEY (id);
ALTER TABLE ONLY inbox
    ADD CONSTRAINT inbox_dedupe_key_key UNIQUE (dedupe_key);
ALTER TABLE ONLY inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (id);
ALTER TABLE ONLY job_node
    ADD CONSTRAINT job_node_pkey PRIMARY KEY (job_id, node);
ALTER TABLE ONLY job
    ADD CONSTRAINT job_number_key UNIQUE (number);
ALTER TABLE ONLY job_order
    ADD CONSTRAINT job_order_pkey PRIMARY KEY (id);
ALTER TABLE ONLY job_output
    ADD CONSTRAINT job_output_pkey PRIMARY KEY (job_id, node, "position");
ALTER TABLE ONLY job
    ADD CONSTRAINT job_pkey PRIMARY KEY (id);
ALTER TABLE ONLY job_wave
    ADD CONSTRAINT job_wave_pkey PRIMARY KEY (job_id, "position");
ALTER TABLE ONLY job_wave
    ADD CONSTRAINT job_wave_request_key UNIQUE (request);
ALTER TABLE ONLY node_life
    ADD CONSTRAINT node_life_pkey PRIMARY KEY (name);
ALTER TABLE ONLY node
    ADD CONSTRAINT node_pkey PRIMARY KEY (name);
ALTER TABLE ONLY once
    ADD CONSTRAINT once_pkey PRIMARY KEY (scope, mark);
ALTER TABLE ONLY outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);
ALTER TABLE ONLY policy
    ADD CONSTRAINT policy_pkey PRIMARY KEY (hash);
ALTER TABLE ONLY schedule
    ADD CONSTRAINT schedule_pkey PRIMARY KEY (number);
ALTER TABLE ONLY seat
    ADD CONSTRAINT seat_pkey PRIMARY KEY (name);
ALTER TABLE ONLY silence
    ADD CONSTRAINT silence_pkey PRIMARY KEY (number);
ALTER TABLE ONLY trusted_node
    ADD CONSTRAINT trusted_node_pkey PRIMARY KEY (name);
ALTER TABLE ONLY watch
    ADD CONSTRAINT watch_pkey PRIMARY KEY (name);
CREATE INDEX alert_episode_due ON alert_episode USING btree (due_at) WHERE (due_at IS NOT NULL);
CREATE INDEX alert_episode_ended ON alert_episode USING btree (ended_at) WHERE (ended_at IS NOT NULL);
CREATE UNIQUE INDEX alert_episode_open ON alert_episode USING btree (topic) WHERE (ended_at IS NULL);
CREATE INDEX alert_member_firing ON alert_member USING btree (key) WHERE (is_firing = 1);
CREATE INDEX approval_due ON approval USING btree (due_at) WHERE (due_at IS NOT NULL);
CREATE INDEX approval_reusable ON approval USING btree (digest) WHERE (reusable_until IS NOT NULL);
CREATE INDEX audit_env_app ON audit USING btree (env, app, number);
CREATE INDEX flyway_schema_history_s_idx ON flyway_schema_history USING btree (success);
CREATE INDEX hook_call_node ON hook_call USING btree (hook, node, id);
CREATE INDEX inbox_new ON inbox USING btree (seat, id) WHERE (state = 'NEW'::text);
CREATE INDEX job_of_application ON job USING btree (environment, application, number);
CREATE INDEX job_of_asker ON job USING btree (asker_id, number);
CREATE INDEX job_unfinished ON job USING btree (seat, id) WHERE (ended_at IS NULL);
CREATE INDEX node_flip_at ON node_flip USING btree (at);
CREATE INDEX node_flip_node ON node_flip USING btree (node, at);
CREATE INDEX node_life_alert_after ON node_life USING btree (alert_after) WHERE (state = ANY (ARRAY['NEW'::text, 'UP'::text, 'LATE'::text, 'ZOMBIE'::text]));
CREATE INDEX once_until ON once USING btree (until_at);
CREATE INDEX outbox_created ON outbox USING btree (created_at);
CREATE INDEX outbox_due ON outbox USING btree (urgency, changed_at) WHERE ((sent < version) AND (parked = 0));
CREATE INDEX outbox_parked ON outbox USING btree (id) WHERE (parked = 1);
CREATE INDEX schedule_due ON schedule USING btree (due_at);
ALTER TABLE ONLY alert_member
    ADD CONSTRAINT alert_member_episode_id_fkey FOREIGN KEY (episode_id) REFERENCES alert_episode(id) ON DELETE CASCADE;
ALTER TABLE ONLY approval
    ADD CONSTRAINT approval_job_id_fkey FOREIGN KEY (job_id) REFERENCES job(id);
ALTER TABLE ONLY approval_vote
    ADD CONSTRAINT approval_vote_approval_id_fkey FOREIGN KEY (approval_id) REFERENCES approval(id);
ALTER TABLE ONLY deploy_slot
    ADD CONSTRAINT deploy_slot_job_id_fkey FOREIGN KEY (job_id) REFERENCES job(id);
ALTER TABLE ONLY job_node
    ADD CONSTRAINT job_node_job_id_fkey FOREIGN KEY (job_id) REFERENCES job(id);
ALTER TABLE ONLY job_order
    ADD CONSTRAINT job_order_job_id_fkey FOREIGN KEY (job_id) REFERENCES job(id);
ALTER TABLE ONLY job_output
    ADD CONSTRAINT job_output_job_id_fkey FOREIGN KEY (job_id) REFERENCES job(id);
ALTER TABLE ONLY job_wave
    ADD CONSTRAINT job_wave_job_id_fkey FOREIGN KEY (job_id) REFERENCES job(id);
