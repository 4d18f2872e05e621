package dev.sightline;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes what requests are about: in home something new each time, in far one of each kind. */
final class MatrixThings {
  private static final Pattern PLACE = Pattern.compile("<([a-z =]+)>");

  private static final Pattern LINK = Pattern.compile("/([A-Za-z0-9_-]{43})");

  private final MatrixWorld world;
  private final Map<String, String> last = new HashMap<>();
  private final Map<String, String> far = new HashMap<>();
  private int count;

  MatrixThings(MatrixWorld world) {
    this.world = world;
  }

  /** The realms, and the people in them. */
  void settle() {
    organization("home", "", "ada", "Ada");
    organization("west", "home", "wes", "Wes");
    person("home", "ada", "bo", "ROLE_ADMIN", "Bo");
    person("home", "ada", "mia", "ROLE_MANAGER", "Mia");
    person("home", "ada", "cal", "ROLE_ANALYST", "Cal");
    person("home", "ada", "gone-user", "ROLE_ANALYST", "Gone");
    person("home", "ada", "disabled", "ROLE_ADMIN", "Disabled");
    call(
        "DirectoryService/InviteUser",
        "user { id: 'invited' name: 'Invited' email: 'invited@home.test' role: ROLE_ADMIN }");
    call("DirectoryService/DeleteUser", "user_id: 'gone-user'");
    call("AuditService/ErasePersonalData", "user_id: 'gone-user'");
    call("DirectoryService/DisableUser", "user_id: 'disabled'");
    dashboards();
    call("DirectoryService/CreateTeam", "team_id: 'gone-team' name: 'Gone'");
    call("DirectoryService/DeleteTeam", "team_id: 'gone-team'");
    for (String team : List.of("team", "inner")) {
      call("DirectoryService/CreateTeam", "team_id: '%s' name: 'Team'".formatted(team));
      call(
          "DirectoryService/CreateWorkspace", "workspace_id: 'w-%s' name: 'Space'".formatted(team));
    }
    call("DirectoryService/AddTeamMember", "team_id: 'team' member_team_id: 'inner'");
    support();
    gone();
    settleFar();
  }

  private void gone() {
    var _ = made("request");
    last.put("gone link", made("link"));
    last.put("gone request", last("request made"));
    call(
        "AccessRequestService/CancelRequest",
        "request_id: '%s' actor { user_id: '%s' }".formatted(last("gone request"), last("user")));
    last.put("gone invitation", made("invitation"));
    call(
        "DirectoryService/AcceptInvitation", "link_token: '%s'".formatted(last("gone invitation")));
    last.put("gone token", made("revoked token"));
  }

  private void organization(String id, String parent, String admin, String name) {
    call(
        "DirectoryService/CreateOrganization",
        """
        organization_id: '%1$s' parent_id: '%2$s' name: '%3$s'
        admin { id: '%4$s' name: '%3$s' email: '%4$s@%1$s.test' }\
        """
            .formatted(id, parent, name, admin));
  }

  private void person(String organization, String admin, String id, String role, String name) {
    call(
        "DirectoryService/AddUser",
        """
        organization_id: '%1$s' actor { user_id: '%2$s' }
        user { id: '%3$s' name: '%4$s' email: '%3$s@%1$s.test' role: %5$s }\
        """
            .formatted(organization, admin, id, name, role));
  }

  /** d is for everybody, shut for ADMINs; both are in ada's digest. */
  private void dashboards() {
    for (String dashboard : List.of("d", "gone-d")) {
      call(
          "DashboardService/CreateDashboard",
          "dashboard_id: '%s' name: 'Sales'".formatted(dashboard));
    }
    call("DashboardService/DeleteDashboard", "dashboard_id: 'gone-d'");
    call(
        "DashboardService/CreateDashboard",
        "dashboard_id: 'shut' name: 'Shut' company_default: LEVEL_NONE");
    for (String dashboard : List.of("d", "shut")) {
      call("DigestService/Subscribe", "dashboard_id: '%s'".formatted(dashboard));
    }
  }

  private void support() {
    for (String agent : List.of("sam", "sue", "gone")) {
      call("SupportAccessService/RegisterAgent", agent(agent, "Support"));
    }
    for (String agent : List.of("outsider", "past")) {
      call("SupportAccessService/RegisterAgent", agent(agent, "Nobody"));
    }
    call("SupportAccessService/RemoveAgent", "agent_id: 'support:gone'");
    call("SupportAccessService/EraseAgent", "agent_id: 'support:gone'");
    call(
        "SupportAccessService/GrantSupportAccess",
        "grant_id: 'grant' agent_id: 'support:sam' until_revoked: true roles:"
            + " SUPPORT_ROLE_ADMINISTRATOR");
    call(
        "SupportAccessService/GrantSupportAccess",
        "grant_id: 'gone-grant' agent_id: 'support:past' roles: SUPPORT_ROLE_VIEWER");
    call("SupportAccessService/RevokeSupportAccess", "grant_id: 'gone-grant'");
    for (String what : List.of("looked", "looked again")) {
      call(
          "SupportAccessService/RecordAgentActivity",
          "agent_id: 'support:sam' what: '%s'".formatted(what));
    }
  }

  private static String agent(String id, String group) {
    return "agent { id: 'support:%1$s' name: 'Agent %1$s' email: '%1$s@vendor.test' group: '%2$s' }"
        .formatted(id, group);
  }

  /** One of everything. */
  private void settleFar() {
    organization("far", "", "far-ada", "Foreign");
    person("far", "far-ada", "far-user", "ROLE_ANALYST", "Foreign user");
    inFar(
        "DashboardService/CreateDashboard",
        "dashboard_id: 'far-d' name: 'Foreign' company_default: LEVEL_NONE");
    inFar("DirectoryService/CreateTeam", "team_id: 'far-team' name: 'Foreign'");
    inFar("DirectoryService/CreateWorkspace", "workspace_id: 'far-w' name: 'Foreign'");
    call("SupportAccessService/RegisterAgent", agent("far", "Others"));
    inFar(
        "SupportAccessService/GrantSupportAccess",
        "grant_id: 'far-grant' agent_id: 'support:far' roles: SUPPORT_ROLE_EDITOR reason:"
            + " 'Foreign'");
    call(
        "SupportAccessService/RequestSupportAccess",
        "agent_id: 'support:far' organization_ids: 'far' reason: 'Foreign'");
    Message asked =
        call(
            "AccessRequestService/RequestAccess",
            "organization_id: 'far' actor { user_id: 'far-user' } dashboard_id: 'far-d' reason:"
                + " 'Foreign'");
    far.put("request", (String) MatrixWorld.field(asked, "request.id"));
    far.put(
        "link",
        linkIn(mailAbout("organization_id: 'far' request_id: '%s'".formatted(far.get("request")))));
    inFar(
        "DirectoryService/InviteUser",
        "user { id: 'far-invited' name: 'Foreign' email: 'far-invited@far.test' }");
    far.put("invitation", linkIn(mailAbout("organization_id: 'far' recipient_id: 'far-invited'")));
    far.put(
        "token",
        (String)
            MatrixWorld.field(
                world.create("organization_id: 'far'", List.of("SCOPE_CHECK"), 0), "token.id"));
    far.put("etag", text(inFar("DashboardService/GetAccess", "dashboard_id: 'far-d'"), "etag"));
  }

  private Message inFar(String rpc, String text) {
    return call(rpc, "organization_id: 'far' actor { user_id: 'far-ada' } " + text);
  }

  private Message call(String rpc, String text) {
    return world.call(rpc, text);
  }

  private static String text(Message message, String path) {
    return (String) MatrixWorld.field(message, path);
  }

  /** What exists in far only. */
  String far(String kind) {
    return Objects.requireNonNull(far.get(kind), kind);
  }

  /** What was made last, or at first, of a kind. */
  String last(String kind) {
    return Objects.requireNonNull(last.get(kind), kind);
  }

  /** The request with something new in place of each kind in angle brackets. */
  String madeFor(String request) {
    Matcher place = PLACE.matcher(request);
    return place.replaceAll(found -> {
      String kind = found.group(1);
      if (kind.startsWith("=")) {
        return Matcher.quoteReplacement(last(kind.substring(1)));
      }
      return Matcher.quoteReplacement(made(kind));
    });
  }

  private String made(String kind) {
    String id = kind.charAt(0) + "-" + ++count;
    switch (kind) {
      case "id" -> {}
      case "user" -> person("home", "ada", id, "ROLE_ANALYST", "Person");
      case "invited" ->
          call(
              "DirectoryService/InviteUser",
              "user { id: '%1$s' name: 'Invited' email: '%1$s@home.test' }".formatted(id));
      case "invited before" -> {
        call(
            "DirectoryService/InviteUser",
            "user { id: '%1$s' name: 'Invited' email: '%1$s@home.test' }".formatted(id));
        world.service.execute("UPDATE invitation SET sent_at = sent_at - interval '1 minute'");
      }
      case "disabled" -> {
        person("home", "ada", id, "ROLE_ANALYST", "Person");
        call("DirectoryService/DisableUser", "user_id: '%s'".formatted(id));
      }
      case "deleted" -> {
        person("home", "ada", id, "ROLE_ANALYST", "Person");
        call("DirectoryService/DeleteUser", "user_id: '%s'".formatted(id));
      }
      case "asking" -> {
        request();
        id = last("user");
      }
      case "responding" -> {
        id = made("user");
        call("DirectoryService/EnrollSecondFactor", "actor { user_id: '%s' }".formatted(id));
        call("DirectoryService/SetActiveResponse", "user_id: '%s' granted: true".formatted(id));
      }
      case "wanting in" -> {
        id = made("agent");
        call(
            "SupportAccessService/RequestSupportAccess",
            "agent_id: '%s' organization_ids: 'home' organization_ids: 'west'".formatted(id));
      }
      case "team" ->
          call("DirectoryService/CreateTeam", "team_id: '%s' name: 'Team'".formatted(id));
      case "workspace" ->
          call(
              "DirectoryService/CreateWorkspace", "workspace_id: '%s' name: 'Space'".formatted(id));
      case "dashboard" ->
          call(
              "DashboardService/CreateDashboard", "dashboard_id: '%s' name: 'Sales'".formatted(id));
      case "closed" ->
          call(
              "DashboardService/CreateDashboard",
              "dashboard_id: '%s' name: 'Shut' company_default: LEVEL_NONE".formatted(id));
      case "etag" ->
          id =
              text(
                  call(
                      "DashboardService/GetAccess",
                      "dashboard_id: '%s'".formatted(last("dashboard"))),
                  "etag");
      case "request" -> id = request();
      case "link" -> id = linkIn(mailAbout("request_id: '%s'".formatted(request())));
      case "invitation" -> id = linkIn(mailAbout("recipient_id: '%s'".formatted(made("invited"))));
      case "mail" -> id = mailAbout("request_id: '%s'".formatted(request()));
      case "dead mail" -> {
        id = mailAbout("request_id: '%s'".formatted(request()));
        world.service.execute(
            "UPDATE mail SET state = 'DEAD', sent_at = NULL, kind = 'DECLINED', content ="
                + " '{\"dashboard\": \"d\", \"dashboardName\": null, \"contact\":"
                + " \"ada@home.test\"}' WHERE id = "
                + id);
      }
      case "agent" -> {
        call("SupportAccessService/RegisterAgent", agent(id, "Support"));
        id = "support:" + id;
      }
      case "grant" ->
          call(
              "SupportAccessService/GrantSupportAccess",
              "grant_id: '%s' agent_id: 'support:sue' roles: SUPPORT_ROLE_VIEWER".formatted(id));
      case "let in" -> {
        call("SupportAccessService/RegisterAgent", agent(id, "Support"));
        id = "support:" + id;
        call(
            "SupportAccessService/GrantSupportAccess",
            "agent_id: '%s' roles: SUPPORT_ROLE_VIEWER".formatted(id));
      }
      case "token" ->
          id = text(world.create("organization_id: 'home'", List.of("SCOPE_CHECK"), 0), "token.id");
      case "revoked token" -> {
        id = made("token");
        call("TokenService/RevokeToken", "# by nobody\ntoken_id: '%s'".formatted(id));
      }
      case "position" -> id = escaped(world.position("home"));
      default -> throw new AssertionError("nobody knows how to make <" + kind + ">");
    }
    last.put(kind, id);
    return id;
  }

  static String escaped(ByteString bytes) {
    return TextFormat.escapeBytes(bytes);
  }

  /** Somebody new asks for a new dashboard. */
  private String request() {
    String asks =
        "actor { user_id: '%s' } dashboard_id: '%s'".formatted(made("user"), made("closed"));
    String id = text(call("AccessRequestService/RequestAccess", asks), "request.id");
    last.put("request made", id);
    return id;
  }

  /** The id of the last mail of a kind. */
  private String mailAbout(String filter) {
    world.server.deliverMail();
    var mails =
        ((dev.sightline.v1.ListMailResponse) call("MailService/ListMail", filter)).getMailsList();
    return Long.toString(mails.getLast().getId());
  }

  private String linkIn(String mail) {
    Matcher link = LINK.matcher(text(call("MailService/ReadMail", "mail_id: " + mail), "text"));
    if (!link.find()) {
      throw new AssertionError("mail " + mail + " has no link");
    }
    return link.group(1);
  }
}
