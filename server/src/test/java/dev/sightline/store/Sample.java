package dev.sightline.store;

import dev.sightline.change.AgentFacts;
import dev.sightline.change.Change;
import dev.sightline.change.Change.AgentActed;
import dev.sightline.change.Change.AgentChanged;
import dev.sightline.change.Change.DashboardChanged;
import dev.sightline.change.Change.EntryChanged;
import dev.sightline.change.Change.EstateInherited;
import dev.sightline.change.Change.GrantChanged;
import dev.sightline.change.Change.InvitationChanged;
import dev.sightline.change.Change.MembershipChanged;
import dev.sightline.change.Change.OrganizationChanged;
import dev.sightline.change.Change.PersonalDataErased;
import dev.sightline.change.Change.ProfileChanged;
import dev.sightline.change.Change.ReasonGiven;
import dev.sightline.change.Change.ReasonGiven.Explained;
import dev.sightline.change.Change.RequestChanged;
import dev.sightline.change.Change.SubscriptionChanged;
import dev.sightline.change.Change.SupportPolicyChanged;
import dev.sightline.change.Change.SupportRequestChanged;
import dev.sightline.change.Change.TeamChanged;
import dev.sightline.change.Change.UserChanged;
import dev.sightline.change.Change.WorkspaceChanged;
import dev.sightline.change.DashboardFacts;
import dev.sightline.change.Entry;
import dev.sightline.change.GrantFacts;
import dev.sightline.change.GrantFacts.Holder;
import dev.sightline.change.GrantFacts.WorkspaceScope;
import dev.sightline.change.InvitationFacts;
import dev.sightline.change.OrganizationFacts;
import dev.sightline.change.Profile;
import dev.sightline.change.RequestFacts;
import dev.sightline.change.SupportPolicy;
import dev.sightline.change.SupportRequestFacts;
import dev.sightline.change.TeamFacts;
import dev.sightline.change.UserFacts;
import dev.sightline.change.WorkspaceFacts;
import dev.sightline.model.DashboardId;
import dev.sightline.model.EmailAddress;
import dev.sightline.model.GrantId;
import dev.sightline.model.Level;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Person;
import dev.sightline.model.Position;
import dev.sightline.model.RequestId;
import dev.sightline.model.Role;
import dev.sightline.model.Status;
import dev.sightline.model.SupportRole;
import dev.sightline.model.TeamId;
import dev.sightline.model.UserId;
import dev.sightline.model.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Changes for tests, and short ways to append them. */
final class Sample {
  static final Instant T0 = Instant.parse("2026-03-01T10:00:00.000001Z");
  static final UserId ADA = new UserId("ada");
  static final UserId BOB = new UserId("bob");
  static final UserId AGENT = new UserId("support:eve");
  static final TeamId SALES = new TeamId("sales");
  static final TeamId NORTH = new TeamId("north");
  static final WorkspaceId LAB = new WorkspaceId("lab");
  static final DashboardId COSTS = new DashboardId("costs");
  static final DashboardId PLANS = new DashboardId("plans");
  static final Author AUTHOR = new Author(ADA, new OrganizationId("acme"), "tests");

  static final OrganizationFacts ACME = new OrganizationFacts("Acme “Größe” Inc.\n", null);
  static final UserFacts ADMIN =
      new UserFacts(Role.ADMIN, Status.ACTIVE, T0, T0.plusNanos(1_000), true, false);
  static final UserFacts ANALYST =
      new UserFacts(Role.ANALYST, Status.INVITED, T0, null, false, true);
  static final Profile ADA_PROFILE =
      new Profile("Ada Lovelace", new EmailAddress("Ada@Example.org"), "Countess");
  static final DashboardFacts COSTS_FACTS =
      new DashboardFacts("Costs", ADA, Level.VIEWER, false, LAB);
  static final DashboardFacts PLANS_FACTS =
      new DashboardFacts("Plans", ADA, Level.NONE, true, null);
  static final Entry UNTIL_SUMMER = new Entry(Level.EDITOR, Instant.parse("2026-06-21T00:00:00Z"));
  static final Entry BARRED = new Entry(Level.NONE, null);
  static final GrantFacts GROUP_GRANT =
      new GrantFacts(
          new Holder.Group("Support"),
          Set.of(SupportRole.VIEWER, SupportRole.EDITOR),
          List.of(
              new WorkspaceScope(LAB, SupportRole.ADMINISTRATOR),
              new WorkspaceScope(new WorkspaceId("attic"), null)),
          T0,
          T0.plusSeconds(86_400));
  static final GrantFacts AGENT_GRANT =
      new GrantFacts(
          new Holder.Agent(AGENT), Set.of(SupportRole.ADMINISTRATOR), List.of(), T0, null);

  static final RequestFacts REQUEST =
      RequestFacts.pending(PLANS, BOB, ADA, T0, T0.plusSeconds(604_800));
  static final InvitationFacts INVITATION =
      new InvitationFacts(1, T0.plusNanos(2_000), T0.plusSeconds(604_800));
  static final SupportRequestFacts SUPPORT_REQUEST =
      new SupportRequestFacts(T0, T0.plusSeconds(604_800));
  static final SupportPolicy POLICY =
      new SupportPolicy(
          Duration.ofDays(2),
          Duration.ofSeconds(700_000, 1_000),
          false,
          List.of("Support", "Über"));

  private Sample() {}

  static Change creation() {
    return new OrganizationChanged(null, ACME);
  }

  static Change user(UserId user, UserFacts facts) {
    return new UserChanged(user, null, facts);
  }

  static Change profile(UserId user, String name, String email) {
    return new ProfileChanged(user, null, new Profile(name, new EmailAddress(email), ""));
  }

  static Change dashboard(DashboardId dashboard, DashboardFacts facts) {
    return new DashboardChanged(dashboard, null, facts);
  }

  /** One of each kind that adds something, in an order that makes sense. */
  static List<Change> everything(OrganizationId organization) {
    return List.of(
        creation(),
        user(ADA, ADMIN),
        new ProfileChanged(ADA, null, ADA_PROFILE),
        user(BOB, ANALYST),
        new TeamChanged(SALES, null, new TeamFacts("Sales")),
        new TeamChanged(NORTH, null, new TeamFacts("North")),
        new MembershipChanged(SALES, BOB, true),
        new MembershipChanged(SALES, NORTH, true),
        new WorkspaceChanged(LAB, null, new WorkspaceFacts("Lab")),
        dashboard(COSTS, COSTS_FACTS),
        dashboard(PLANS, PLANS_FACTS),
        new EntryChanged(COSTS, BOB, null, UNTIL_SUMMER),
        new EntryChanged(PLANS, BOB, null, BARRED),
        new EntryChanged(COSTS, SALES, null, BARRED),
        new AgentChanged(AGENT, null, new AgentFacts("Support")),
        new GrantChanged(grant(organization, "g1"), null, GROUP_GRANT),
        new GrantChanged(grant(organization, "g2"), null, AGENT_GRANT),
        new ReasonGiven(new Explained.Grant(grant(organization, "g2")), ADA, "Broken filters"),
        new RequestChanged(request(organization, "r1"), null, REQUEST),
        new ReasonGiven(new Explained.Request(request(organization, "r1")), BOB, "Month's end"),
        new SubscriptionChanged(COSTS, BOB, true),
        new SubscriptionChanged(PLANS, BOB, true),
        new InvitationChanged(BOB, null, INVITATION),
        new SupportRequestChanged(AGENT, null, SUPPORT_REQUEST),
        new ReasonGiven(new Explained.SupportRequest(AGENT), AGENT, "Ticket 7"),
        new SupportPolicyChanged(SupportPolicy.USUAL, POLICY),
        new AgentActed(AGENT, COSTS, "Opened the “Größe” filter", T0.minusSeconds(60)),
        new PersonalDataErased(
            new Person(BOB, new OrganizationId("elsewhere")), List.of("reason"), 0, false));
  }

  /** Whether the change is about a fact that a load gives, and so a graph holds. */
  static boolean isLoaded(Change change) {
    return switch (change) {
      case OrganizationChanged _, UserChanged _, TeamChanged _, MembershipChanged _ -> true;
      case WorkspaceChanged _, DashboardChanged _, EntryChanged _, EstateInherited _ -> true;
      case GrantChanged _, AgentChanged _, RequestChanged _, SubscriptionChanged _ -> true;
      case ProfileChanged _, InvitationChanged _, SupportRequestChanged _ -> false;
      case SupportPolicyChanged _, ReasonGiven _, AgentActed _, PersonalDataErased _ -> false;
    };
  }

  /** Requests' ids are unique everywhere. */
  static RequestId request(OrganizationId organization, String name) {
    return new RequestId(organization.value() + "." + name);
  }

  /** Grants' ids are unique everywhere. */
  static GrantId grant(OrganizationId organization, String name) {
    return new GrantId(organization.value() + "." + name);
  }

  /** Appends one revision in a transaction of its own; the fingerprint is the revision's number. */
  static Position append(OrganizationStore store, OrganizationId organization, Change... changes) {
    return append(store, organization, List.of(changes));
  }

  static Position append(
      OrganizationStore store, OrganizationId organization, List<Change> changes) {
    return store.write(
        organization,
        transaction -> {
          Head head = transaction.head();
          long next = head == null ? 1 : head.revision() + 1;
          return transaction.append(AUTHOR, transaction.now(), changes, next);
        });
  }
}
