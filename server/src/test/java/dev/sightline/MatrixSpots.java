package dev.sightline;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Where requests name something: found by their descriptors. */
final class MatrixSpots {
  private MatrixSpots() {}

  /**
   * A field that is set.
   *
   * @param path such as set.user_id
   * @param with the same request with another value there
   */
  record Spot(String path, Kind kind, Object value, UnaryOperator<Object> with) {
    Message saying(Object other) {
      return (Message) with.apply(other);
    }
  }

  /** What a field names. */
  enum Kind {
    ORGANIZATION,
    /** Where nothing is yet, or whatever an operator chooses: there is nothing to be foreign. */
    NEW_ORGANIZATION,
    ACTORS_ORGANIZATION,
    PORTAL,
    DASHBOARD,
    USER,
    ACTOR,
    TEAM,
    WORKSPACE,
    AGENT,
    GRANT,
    REQUEST,
    TOKEN,
    LINK,
    MAIL,
    EMAIL,
    CURSOR,
    ETAG,
    /** An id that the caller chooses. */
    NEW,
    /** One that nobody else may have chosen, in whatever organization. */
    NEW_EVERYWHERE,
    /** Something within the same import. */
    IMPORTED,
    /** Made by the server and told in answers: tried for every RPC that takes one. */
    PAGE,
    POSITION,
    /** Words, which name nothing. */
    TEXT
  }

  static Kind kind(FieldDescriptor field) {
    String in = field.getContainingType().getName();
    String name = field.getName();
    if (in.startsWith("Transfer") || in.equals("AccessEntry") || in.equals("Dashboard")) {
      return name.equals("name") || name.equals("title") || name.equals("email")
          ? Kind.TEXT
          : in.equals("TransferHeader")
              ? name.equals("organization_id") ? Kind.NEW_EVERYWHERE : Kind.NEW_ORGANIZATION
              : Kind.IMPORTED;
    }
    return switch (in + "." + name) {
      case "Actor.user_id" -> Kind.ACTOR;
      case "Actor.organization_id" -> Kind.ACTORS_ORGANIZATION;
      case "CreateOrganizationRequest.organization_id",
          "GrantSupportAccessRequest.grant_id",
          "SupportAgent.id" ->
          Kind.NEW_EVERYWHERE;
      case "CreateOrganizationRequest.parent_id" -> Kind.NEW_ORGANIZATION;
      case "CreateDashboardRequest.dashboard_id",
          "DuplicateDashboardRequest.new_dashboard_id",
          "CreateTeamRequest.team_id",
          "CreateWorkspaceRequest.workspace_id",
          "NewUser.id" ->
          Kind.NEW;
      case "ShareDashboardRequest.email" -> Kind.EMAIL;
      default -> byName(field);
    };
  }

  private static Kind byName(FieldDescriptor field) {
    return switch (field.getName()) {
      case "organization_id", "realm_id" -> Kind.ORGANIZATION;
      case "organization_ids" -> Kind.PORTAL;
      case "dashboard_id", "dashboard_ids" -> Kind.DASHBOARD;
      case "user_id",
          "user_ids",
          "new_owner_id",
          "requester_id",
          "addressee_id",
          "recipient_id",
          "actor_id" ->
          Kind.USER;
      case "team_id", "member_team_id" -> Kind.TEAM;
      case "workspace_id" -> Kind.WORKSPACE;
      case "agent_id" -> Kind.AGENT;
      case "grant_id" -> Kind.GRANT;
      case "request_id" -> Kind.REQUEST;
      case "token_id" -> Kind.TOKEN;
      case "token", "link_token" -> Kind.LINK;
      case "mail_id" -> Kind.MAIL;
      case "cursor" -> Kind.CURSOR;
      case "etag" -> Kind.ETAG;
      case "page_token" -> Kind.PAGE;
      case "at_least", "also_at_least", "position" -> Kind.POSITION;
      case "name",
          "title",
          "email",
          "reason",
          "query",
          "kind",
          "what",
          "group",
          "groups",
          "idempotency_key" ->
          Kind.TEXT;
      default -> throw new AssertionError("nobody has said what " + field.getFullName() + " names");
    };
  }

  /** Whether a field may name something: numbers do where they are ids. */
  private static boolean mayName(FieldDescriptor field) {
    return field.getJavaType() == JavaType.STRING
        || field.getJavaType() == JavaType.BYTE_STRING
        || (field.getJavaType() == JavaType.LONG && field.getName().endsWith("_id"));
  }

  /** The paths of everything that a request of this type can name. */
  static Set<String> paths(Descriptor type) {
    Set<String> paths = new TreeSet<>();
    collect(type, "", new HashSet<>(), paths);
    return paths;
  }

  private static void collect(
      Descriptor type, String path, Set<Descriptor> above, Set<String> paths) {
    if (!above.add(type)) {
      return;
    }
    for (FieldDescriptor field : type.getFields()) {
      if (field.getJavaType() == JavaType.MESSAGE) {
        collect(field.getMessageType(), path + field.getName() + ".", above, paths);
      } else if (mayName(field) && isTriedWhereItIs(kind(field))) {
        paths.add(path + field.getName());
      }
    }
    above.remove(type);
  }

  private static boolean isTriedWhereItIs(Kind kind) {
    return switch (kind) {
      case TEXT, PAGE, POSITION, IMPORTED -> false;
      default -> true;
    };
  }

  /** What a request names. */
  static List<Spot> in(Message request) {
    List<Spot> spots = new ArrayList<>();
    collect(request, "", UnaryOperator.identity(), spots);
    spots.removeIf(spot -> !isTriedWhereItIs(spot.kind()) || spot.value().equals(""));
    return spots;
  }

  /** Where a request could say something in words, and where it passes on what it was told. */
  static List<Spot> words(Message request) {
    List<Spot> spots = new ArrayList<>();
    collect(request, "", UnaryOperator.identity(), spots);
    spots.removeIf(spot -> spot.kind() != Kind.TEXT && spot.kind() != Kind.PAGE);
    return spots;
  }

  private static void collect(
      Message message, String path, UnaryOperator<Object> around, List<Spot> spots) {
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      boolean isMessage = field.getJavaType() == JavaType.MESSAGE;
      int count = field.isRepeated() ? message.getRepeatedFieldCount(field) : 1;
      for (int i = 0; i < count && (isMessage || mayName(field)); i++) {
        if (!field.isRepeated() && !isSetOrFree(message, field)) {
          continue;
        }
        int at = i;
        Object value =
            field.isRepeated() ? message.getRepeatedField(field, i) : message.getField(field);
        UnaryOperator<Object> with =
            other ->
                around.apply(
                    field.isRepeated()
                        ? message.toBuilder().setRepeatedField(field, at, other).build()
                        : message.toBuilder().setField(field, other).build());
        String where = path + field.getName();
        if (isMessage) {
          collect((Message) value, where + ".", with, spots);
        } else {
          spots.add(new Spot(where, kind(field), value, with));
        }
      }
    }
  }

  /** Words may be put where none are; another alternative may not, nor a part that is left out. */
  private static boolean isSetOrFree(Message message, FieldDescriptor field) {
    boolean mayBeAbsent =
        field.getRealContainingOneof() != null || field.getJavaType() == JavaType.MESSAGE;
    return !mayBeAbsent || message.hasField(field);
  }
}
