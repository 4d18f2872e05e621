package dev.sightline.scenario;

import dev.sightline.scenario.Value.Fields;
import dev.sightline.v1.ListAudienceRequest;
import dev.sightline.v1.ListUsersRequest;
import dev.sightline.v1.ListVisibleDashboardsRequest;
import dev.sightline.v1.StreamVisibleDashboardsRequest;
import dev.sightline.v1.VisibleDashboard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Questions whose answers come in pages, all of which are asked for. */
final class Lists {
  /** So small that stories of a few people have several pages. */
  private static final int PAGE_SIZE = 3;

  private Lists() {}

  /** The list as pages; both, where the stream says something else. */
  static Value visible(Call call, Arguments in) {
    var paged = pagesOfVisible(call, in);
    var streamed = streamOfVisible(call, in);
    return paged.equals(streamed)
        ? Value.of(paged)
        : Value.of("pages", Value.of(paged), "stream", Value.of(streamed));
  }

  private static List<String> pagesOfVisible(Call call, Arguments in) {
    var ids = new ArrayList<String>();
    var request =
        ListVisibleDashboardsRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setUserId(in.text("user"))
            .setPageSize(PAGE_SIZE)
            .setConsistency(call.consistency());
    in.ifText("purpose", purpose -> request.setPurpose(Words.purpose(purpose)));
    do {
      var page = call.access().listVisibleDashboards(request.build());
      page.getDashboardsList().stream().map(VisibleDashboard::getDashboardId).forEach(ids::add);
      call.saw(page.getPosition());
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    return ids;
  }

  private static List<String> streamOfVisible(Call call, Arguments in) {
    var ids = new ArrayList<String>();
    var request =
        StreamVisibleDashboardsRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setUserId(in.text("user"))
            .setConsistency(call.consistency());
    in.ifText("purpose", purpose -> request.setPurpose(Words.purpose(purpose)));
    var parts = call.access().streamVisibleDashboards(request.build());
    while (parts.hasNext()) {
      var part = parts.next();
      part.getDashboardsList().stream().map(VisibleDashboard::getDashboardId).forEach(ids::add);
      call.saw(part.getPosition());
    }
    return ids;
  }

  static Value audience(Call call, Arguments in) {
    var levels = new LinkedHashMap<String, Value>();
    var request =
        ListAudienceRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setDashboardId(in.text("dashboard"))
            .setPageSize(PAGE_SIZE)
            .setConsistency(call.consistency());
    do {
      var page = call.access().listAudience(request.build());
      for (var member : page.getMembersList()) {
        put(levels, member.getUserId(), Words.of(member.getLevel()));
      }
      call.saw(page.getPosition());
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    return new Fields(levels);
  }

  static Value users(Call call, Arguments in) {
    var statuses = new LinkedHashMap<String, Value>();
    var request =
        ListUsersRequest.newBuilder()
            .setOrganizationId(call.organization())
            .setIncludeDeleted(true)
            .setPageSize(PAGE_SIZE);
    call.ifActor(request::setActor);
    do {
      var page = call.directory().listUsers(request.build());
      for (var user : page.getUsersList()) {
        put(statuses, user.getId(), Words.of(user.getStatus()));
      }
      call.saw(page.getPosition());
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    return new Fields(statuses);
  }

  /** Somebody listed twice shows as a second, unexpected key. */
  private static void put(Map<String, Value> answers, String id, Value answer) {
    answers.put(answers.containsKey(id) ? id + " again" : id, answer);
  }
}
