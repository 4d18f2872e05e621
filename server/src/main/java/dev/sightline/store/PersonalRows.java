package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.ACCESS_REQUEST;
import static dev.sightline.store.jooq.Tables.LOG_PERSONAL;
import static dev.sightline.store.jooq.Tables.MAIL;
import static dev.sightline.store.jooq.Tables.SUPPORT_AGENT_ACTIVITY;
import static dev.sightline.store.jooq.Tables.SUPPORT_GRANT;
import static dev.sightline.store.jooq.Tables.SUPPORT_REQUEST;
import static dev.sightline.store.jooq.Tables.USER_ACCOUNT;

import dev.sightline.change.Mail;
import dev.sightline.change.PersonalData;
import dev.sightline.change.PersonalData.Unsent;
import dev.sightline.model.EmailAddress;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Person;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record2;
import org.jooq.Result;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * What an organization's rows keep of somebody that is personal; {@link ErasureStatements} takes it
 * away. Both look at the same conditions.
 */
final class PersonalRows {
  private final DSLContext statements;
  private final OrganizationId organization;

  PersonalRows(DSLContext statements, OrganizationId organization) {
    this.statements = statements;
    this.organization = organization;
  }

  PersonalData of(Person person) {
    Result<? extends Record2<String, Integer>> fields =
        statements
            .select(LOG_PERSONAL.FIELD, DSL.count())
            .from(LOG_PERSONAL)
            .where(ofLog(organization, person))
            .groupBy(LOG_PERSONAL.FIELD)
            .orderBy(LOG_PERSONAL.FIELD)
            .fetch();
    return new PersonalData(
        fields.getValues(LOG_PERSONAL.FIELD),
        fields.stream().mapToInt(Record2::value2).sum(),
        isBeside(person),
        naming(person));
  }

  private boolean isBeside(Person person) {
    boolean explained =
        statements.fetchExists(SUPPORT_GRANT, ofGrants(organization, person))
            || statements.fetchExists(ACCESS_REQUEST, ofRequests(organization, person))
            || statements.fetchExists(SUPPORT_REQUEST, ofSupportRequests(organization, person));
    return explained
        || statements.fetchExists(USER_ACCOUNT, ofAccount(organization, person))
        || statements.fetchExists(MAIL, toPerson(organization, person))
        || statements.fetchExists(MAIL, aboutRequester(organization, person))
        || statements.fetchExists(SUPPORT_AGENT_ACTIVITY, ofActivity(organization, person));
  }

  static Condition ofLog(OrganizationId organization, Person person) {
    OrganizationId home = person.home();
    Condition whose =
        home == null
            ? LOG_PERSONAL.ABOUT_ORGANIZATION.isNull()
            : LOG_PERSONAL.ABOUT_ORGANIZATION.eq(home.value());
    return LOG_PERSONAL
        .ORGANIZATION_ID
        .eq(organization.value())
        .and(LOG_PERSONAL.ABOUT.eq(person.user().value()))
        .and(whose);
  }

  /** Reasons of grants; those of before it was kept where the giver is a user are of here. */
  static Condition ofGrants(OrganizationId organization, Person person) {
    OrganizationId home = person.home();
    Field<String> given = SUPPORT_GRANT.GRANTED_BY_ORGANIZATION;
    Condition whose =
        home == null ? given.isNull().or(given.eq(organization.value())) : given.eq(home.value());
    return SUPPORT_GRANT
        .ORGANIZATION_ID
        .eq(organization.value())
        .and(SUPPORT_GRANT.GRANTED_BY.eq(person.user().value()))
        .and(whose)
        .and(SUPPORT_GRANT.REASON.ne(""));
  }

  static Condition ofRequests(OrganizationId organization, Person person) {
    return here(
        person,
        ACCESS_REQUEST
            .ORGANIZATION_ID
            .eq(organization.value())
            .and(ACCESS_REQUEST.REQUESTER_ID.eq(person.user().value()))
            .and(ACCESS_REQUEST.REASON.ne("")));
  }

  static Condition ofSupportRequests(OrganizationId organization, Person person) {
    return here(
        person,
        SUPPORT_REQUEST
            .ORGANIZATION_ID
            .eq(organization.value())
            .and(SUPPORT_REQUEST.AGENT_ID.eq(person.user().value()))
            .and(SUPPORT_REQUEST.REASON.ne("")));
  }

  static Condition ofAccount(OrganizationId organization, Person person) {
    return here(
        person,
        USER_ACCOUNT
            .ORGANIZATION_ID
            .eq(organization.value())
            .and(USER_ACCOUNT.ID.eq(person.user().value()))
            .and(
                DSL.or(
                    USER_ACCOUNT.NAME.isNotNull(),
                    USER_ACCOUNT.EMAIL.isNotNull(),
                    USER_ACCOUNT.TITLE.isNotNull())));
  }

  static Condition ofActivity(OrganizationId organization, Person person) {
    return here(
        person,
        SUPPORT_AGENT_ACTIVITY
            .ORGANIZATION_ID
            .eq(organization.value())
            .and(SUPPORT_AGENT_ACTIVITY.AGENT_ID.eq(person.user().value())));
  }

  static Condition toPerson(OrganizationId organization, Person person) {
    return here(
        person,
        MAIL.ORGANIZATION_ID
            .eq(organization.value())
            .and(MAIL.RECIPIENT_ID.eq(person.user().value()))
            .and(MAIL.ADDRESS.ne(ErasureStatements.ERASED_ADDRESS)));
  }

  /** Whoever is deleted asks for nothing any more: such a mail has nothing left to say. */
  static Condition aboutRequester(OrganizationId organization, Person person) {
    return here(
        person,
        MAIL.ORGANIZATION_ID
            .eq(organization.value())
            .and(MAIL.REQUESTER_ID.eq(person.user().value()))
            .and(isUnsent()));
  }

  private static Condition isUnsent() {
    return MAIL.STATE.ne(DSL.inline(MailState.SENT.name()));
  }

  /** Of a user of elsewhere, rows that go by the id alone say nothing. */
  private static Condition here(Person person, Condition condition) {
    return person.home() == null ? condition : DSL.falseCondition();
  }

  // ---- mails to others ------------------------------------------------------------------------

  /**
   * What a mail says holds names and addresses, not ids. Who else is called the same loses the name
   * in mails that are not sent yet, too.
   */
  private List<Unsent> naming(Person person) {
    if (person.home() != null || person.user().isAgent()) {
      return List.of();
    }
    Called called = called(person);
    return statements
        .selectFrom(MAIL)
        .where(
            MAIL.ORGANIZATION_ID.eq(organization.value()),
            MAIL.RECIPIENT_ID.ne(person.user().value()),
            isUnsent(),
            MAIL.KIND.in(
                MailKind.SHARED.name(), MailKind.APPROVED.name(), MailKind.DECLINED.name()))
        .orderBy(MAIL.ID)
        .fetch(row -> new Unsent(row.get(MAIL.ID), MailQueue.mail(row)))
        .stream()
        .filter(unsent -> called.isNamedIn(unsent.mail()))
        .toList();
  }

  /** Everything that somebody was ever called. */
  private record Called(Set<String> names, Set<String> addresses) {
    boolean isNamedIn(Mail mail) {
      return switch (mail) {
        case Mail.Shared shared -> isName(shared.sharedBy());
        case Mail.Approved approved -> isName(approved.ownerName());
        case Mail.Declined declined -> addresses.contains(declined.contact().canonical());
        case Mail.AccessRequested _, Mail.Invitation _, Mail.SupportAccessGranted _ -> false;
      };
    }

    private boolean isName(@Nullable String name) {
      return name != null && names.contains(name);
    }

    void add(@Nullable String name, @Nullable String address) {
      if (name != null) {
        names.add(name);
      }
      if (address != null) {
        addresses.add(new EmailAddress(address).canonical());
      }
    }
  }

  private Called called(Person person) {
    Called called = new Called(new HashSet<>(), new HashSet<>());
    statements
        .select(LOG_PERSONAL.FIELD, LOG_PERSONAL.VALUE)
        .from(LOG_PERSONAL)
        .where(ofLog(organization, person))
        .forEach(row -> add(row, called));
    statements
        .select(USER_ACCOUNT.NAME, USER_ACCOUNT.EMAIL)
        .from(USER_ACCOUNT)
        .where(ofAccount(organization, person))
        .forEach(row -> called.add(row.value1(), row.value2()));
    return called;
  }

  private static void add(Record row, Called called) {
    String value = row.get(LOG_PERSONAL.VALUE);
    String field = row.get(LOG_PERSONAL.FIELD).toLowerCase(Locale.ROOT);
    if (field.endsWith(".name")) {
      called.add(value, null);
    } else if (field.endsWith(".email")) {
      called.add(null, value);
    }
  }
}
