-- Three roles: the owner of the tables, the program, and the auditor, who reads the logs and nobody's words.
-- Run once, by the superuser, in the new database; `qyzmet database upgrade`, run by the owner, gives the rights.
\set ON_ERROR_STOP on
\set owner `cat /run/secrets/owner_password`
\set program `cat /run/secrets/program_password`
\set auditor `cat /run/secrets/auditor_password`

CREATE ROLE qyzmet_owner LOGIN PASSWORD :'owner';
CREATE ROLE qyzmet_program LOGIN PASSWORD :'program';
CREATE ROLE qyzmet_auditor LOGIN PASSWORD :'auditor';
ALTER DATABASE :"DBNAME" OWNER TO qyzmet_owner;
ALTER SCHEMA public OWNER TO qyzmet_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
