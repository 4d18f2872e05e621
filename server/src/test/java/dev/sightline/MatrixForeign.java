package dev.sightline;

import com.google.protobuf.ByteString;
import dev.sightline.MatrixSpots.Kind;
import dev.sightline.v1.Rule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a request could name that is none of home's, or no id at all; and what must come of it. */
final class MatrixForeign {
  static final List<String> NO_IDS =
      List.of(
          "",
          " ",
          " d",
          "x".repeat(129),
          "y".repeat(100_000),
          "a\u0000b",
          "a\nb",
          "a\u007f",
          "\u202ed",
          "d\u00e9",
          "\ud83d\ude00",
          "../../etc/passwd",
          "a/b",
          "%2e%2e",
          "d:share",
          "support:",
          "support:a/b",
          "' OR '1'='1",
          "{\"id\":1}");

  /** What is not refused because somebody does not exist: "an unknown id is a no, not an error". */
  private static final Map<String, String> OF_UNKNOWN =
      Map.ofEntries(
          Map.entry("AccessRequestService/ListRequests dashboard_id", "OK"),
          Map.entry("AccessRequestService/ListRequests requester_id", "OK"),
          Map.entry("AccessRequestService/ListRequests addressee_id", "OK"),
          // A page says no more of one link than of another; what it says is VOID.
          Map.entry("AccessRequestService/LookAtLink token", "OK"),
          Map.entry("AccessRequestService/UseLink token", "OK"),
          Map.entry("DigestService/Unsubscribe dashboard_id", "OK"),
          Map.entry("DigestService/ListSubscriptions user_id", "OK"),
          Map.entry("DigestService/ResolveDigests user_ids", "OK"),
          Map.entry(
              "DirectoryService/AcceptInvitation link_token",
              "FAILED_PRECONDITION INVITATION_LINK_DEAD"),
          Map.entry("EchoService/Echo user_id", "OK"),
          Map.entry("EchoService/Echo dashboard_id", "OK"),
          Map.entry("MailService/ListMail organization_id", "OK"),
          Map.entry("MailService/ListMail recipient_id", "OK"),
          Map.entry("MailService/ListMail request_id", "OK"),
          // An agent who asks is an actor.
          Map.entry(
              "SupportAccessService/RequestSupportAccess agent_id",
              "PERMISSION_DENIED ACTOR_NOT_ALLOWED"),
          Map.entry("SupportAccessService/GetSupportActivityLog agent_id", "OK"),
          Map.entry("SupportAccessService/DiagnoseSupportAccess agent_id", "OK"),
          Map.entry("SupportAccessService/DiagnoseSupportAccess dashboard_id", "OK"),
          Map.entry("TransferService/Export organization_id", "NOT_FOUND ORGANIZATION_NOT_FOUND"),
          Map.entry("WatchService/Watch start.user_ids", "OK"),
          Map.entry("WatchService/Watch start.dashboard_ids", "OK"),
          Map.entry("WatchService/WatchOneWay start.user_ids", "OK"),
          Map.entry("WatchService/WatchOneWay start.dashboard_ids", "OK"),
          // The cursor is home's.
          Map.entry(
              "WatchService/Watch start.organizations.organization_id",
              "INVALID_ARGUMENT INVALID_POSITION"),
          Map.entry(
              "WatchService/WatchOneWay start.organizations.organization_id",
              "INVALID_ARGUMENT INVALID_POSITION"));

  /** What may still be asked or said of what is over. */
  private static final Map<String, String> OF_GONE =
      Map.ofEntries(
          Map.entry("AccessRequestService/GetRequest request_id", "OK"),
          Map.entry(
              "AccessRequestService/DecideRequest request_id",
              "FAILED_PRECONDITION REQUEST_NOT_PENDING"),
          Map.entry("AuditService/ErasePersonalData user_id", "OK"),
          Map.entry("DirectoryService/GetUser user_id", "OK"),
          Map.entry("SupportAccessService/GetAgent agent_id", "OK"),
          Map.entry("SupportAccessService/EraseAgent agent_id", "OK"),
          Map.entry("SupportAccessService/DismissSupportRequest agent_id", "OK"),
          Map.entry("SupportAccessService/RecordAgentActivity agent_id", "OK"),
          Map.entry(
              "SupportAccessService/RevokeSupportAccess grant_id",
              "FAILED_PRECONDITION GRANT_OVER"),
          Map.entry("SupportAccessService/AwaitAgentEverywhere agent_id", "OK"),
          Map.entry("TokenService/RevokeToken token_id", "OK"),
          Map.entry("TokenService/AwaitTokenEverywhere token_id", "OK"));

  /** Where an id may be left out, beside those that the service makes up. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "AccessRequestService/ListRequests dashboard_id",
          "AccessRequestService/ListRequests requester_id",
          "AccessRequestService/ListRequests addressee_id",
          "DashboardService/CreateDashboard workspace_id",
          "DashboardService/MoveDashboard workspace_id",
          "DashboardService/UpdateAccess etag",
          "MailService/ListMail organization_id",
          "MailService/ListMail recipient_id",
          "MailService/ListMail request_id",
          "SupportAccessService/GetSupportActivityLog agent_id",
          "SupportAccessService/RecordAgentActivity dashboard_id",
          "SupportAccessService/DiagnoseSupportAccess dashboard_id",
          "TokenService/ListTokens organization_id");

  private MatrixForeign() {}

  /**
   * What exists nowhere, in far only, and no more.
   *
   * @param elsewhere null: such things belong to no organization
   * @param gone null: such things do not end
   */
  record Values(Object unknown, @Nullable Object elsewhere, @Nullable Object gone) {}

  /** Null: whatever such a field says is new. */
  static @Nullable Values values(MatrixWorld world, AnyCall rpc, Kind kind) {
    boolean isOperators = rpc.rule().getTarget() == Rule.Target.TARGET_ALL;
    return switch (kind) {
      case ORGANIZATION, PORTAL -> new Values("no-organization", isOperators ? null : "far", null);
      case DASHBOARD -> new Values("no-d", "far-d", "gone-d");
      case USER -> new Values("nobody", "far-user", "gone-user");
      case TEAM -> new Values("no-team", "far-team", "gone-team");
      case WORKSPACE -> new Values("no-w", "far-w", null);
      case AGENT -> new Values("support:nobody", null, "support:gone");
      case GRANT -> new Values("no-grant", "far-grant", "gone-grant");
      case REQUEST -> new Values("no-request", world.far("request"), world.last("gone request"));
      case TOKEN -> new Values("no-token", world.far("token"), world.last("gone token"));
      case LINK -> links(world, rpc.name().contains("Invitation") ? "invitation" : "link");
      case EMAIL -> new Values("nobody@home.test", "far-user@far.test", "gone-user@home.test");
      case CURSOR -> new Values(ByteString.copyFromUtf8("x"), world.position("far"), null);
      case ETAG -> new Values("nonsense", world.far("etag"), null);
      case MAIL -> new Values(999_999_999L, null, null);
      case ACTOR,
          ACTORS_ORGANIZATION,
          NEW_ORGANIZATION,
          NEW,
          NEW_EVERYWHERE,
          IMPORTED,
          PAGE,
          POSITION,
          TEXT ->
          null;
    };
  }

  private static Values links(MatrixWorld world, String kind) {
    return new Values("x".repeat(43), world.far(kind), world.last("gone " + kind));
  }

  /** What must come of naming what does not exist, or exists elsewhere. */
  static String ofUnknown(AnyCall rpc, String path, Kind kind) {
    String said = OF_UNKNOWN.get(rpc.name() + " " + path);
    if (said != null) {
      return said;
    }
    boolean isQuestion = rpc.name().startsWith("AccessService/") || path.startsWith("filter.");
    return isQuestion && kind != Kind.ORGANIZATION ? "OK" : usually(kind);
  }

  /** What must come of naming what is deleted or over. */
  static String ofGone(AnyCall rpc, String path, Kind kind) {
    String said = OF_GONE.get(rpc.name() + " " + path);
    return said == null ? ofUnknown(rpc, path, kind) : said;
  }

  private static String usually(Kind kind) {
    return switch (kind) {
      case ORGANIZATION -> "PERMISSION_DENIED CALLER_NOT_ALLOWED";
      case PORTAL -> "NOT_FOUND ORGANIZATION_NOT_FOUND";
      case DASHBOARD, USER, TEAM, WORKSPACE, AGENT, GRANT, REQUEST, TOKEN, MAIL, EMAIL ->
          "NOT_FOUND " + kind + "_NOT_FOUND";
      case CURSOR, POSITION -> "INVALID_ARGUMENT INVALID_POSITION";
      case ETAG -> "ABORTED ETAG_MISMATCH";
      case ACTOR,
          ACTORS_ORGANIZATION,
          NEW_ORGANIZATION,
          NEW,
          NEW_EVERYWHERE,
          LINK,
          IMPORTED,
          PAGE,
          TEXT ->
          throw new AssertionError(kind);
    };
  }

  /** What is no id, by what an id is there. */
  static List<?> malformed(AnyCall rpc, String path, Kind kind) {
    boolean mayBeLeftOut =
        path.startsWith("filter.")
            || LEFT_OUT.contains(rpc.name() + " " + path)
            || isMadeUp(rpc, kind);
    List<String> ids = mayBeLeftOut ? NO_IDS.subList(1, NO_IDS.size()) : NO_IDS;
    return switch (kind) {
      case MAIL -> List.of(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE);
      case CURSOR -> ids.stream().map(ByteString::copyFromUtf8).toList();
      default -> ids;
    };
  }

  private static boolean isMadeUp(AnyCall rpc, Kind kind) {
    return switch (kind) {
      case NEW, NEW_ORGANIZATION, ACTORS_ORGANIZATION, CURSOR -> true;
      case NEW_EVERYWHERE -> !rpc.name().matches(".*/(RegisterAgent|Import)");
      default -> false;
    };
  }

  /** What must come of what is no id. */
  static String ofMalformed(AnyCall rpc, String path, Kind kind) {
    boolean isReach = kind == Kind.ORGANIZATION && path.equals("organization_id");
    return switch (rpc.name()) {
      // A batch answers each item for itself, and so does a stream.
      case "AccessService/BatchCheck", "AccessService/StreamChecks" ->
          isReach ? usually(kind) : "OK error MALFORMED_ID";
      case "EchoService/Echo" -> isReach ? usually(kind) : "OK";
      default ->
          switch (kind) {
            case ORGANIZATION ->
                isReach && rpc.rule().getTarget() == Rule.Target.TARGET_ORGANIZATION
                    ? usually(kind)
                    : "INVALID_ARGUMENT MALFORMED_ID";
            case EMAIL -> "INVALID_ARGUMENT MALFORMED_REQUEST";
            case CURSOR, ETAG, MAIL -> usually(kind);
            case LINK -> ofUnknown(rpc, path, kind);
            default -> "INVALID_ARGUMENT MALFORMED_ID";
          };
    };
  }
}
