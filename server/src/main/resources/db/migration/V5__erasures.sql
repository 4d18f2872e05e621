-- Where the person is a user whom a personal value is about, if not in the organization whose log it is: an ADMIN of the
-- realm's root who gave a reason here. Null: in that organization, or a support agent. Ids are unique within one only.
ALTER TABLE log_personal ADD COLUMN about_organization text COLLATE "C";

UPDATE log_personal AS personal
  SET about_organization = convert_from(record.body, 'UTF8')::jsonb ->> 'actorOrganization'
  FROM log_record AS record
  WHERE personal.field = 'reason'
    AND record.organization_id = personal.organization_id
    AND record.revision = personal.revision
    AND record.number = personal.number
    AND convert_from(record.body, 'UTF8')::jsonb ->> 'actorOrganization' <> record.organization_id;
