package dev.sightline;

import dev.sightline.v1.AddTeamMemberRequest;
import dev.sightline.v1.CreateTeamRequest;
import dev.sightline.v1.EntryToSet;
import dev.sightline.v1.Level;
import dev.sightline.v1.UpdateAccessRequest;
import java.time.Duration;

/** Teams of {@link AskingPeople}, and what they are given. */
record AskingTeams(AskingPeople people) {
  void create(String team, String member) {
    var _ =
        people.node.directory.createTeam(
            CreateTeamRequest.newBuilder()
                .setOrganizationId(people.organization)
                .setActor(Orgs.actor("ada"))
                .setTeamId(team)
                .setName("Team " + team)
                .build());
    var _ =
        people.node.directory.addTeamMember(
            AddTeamMemberRequest.newBuilder()
                .setOrganizationId(people.organization)
                .setActor(Orgs.actor("ada"))
                .setTeamId(team)
                .setUserId(member)
                .build());
  }

  void give(String actor, String dashboard, String team, Level level) {
    give(actor, dashboard, EntryToSet.newBuilder().setTeamId(team).setLevel(level));
  }

  void giveFor(String actor, String dashboard, String team, Level level, Duration duration) {
    give(
        actor,
        dashboard,
        EntryToSet.newBuilder()
            .setTeamId(team)
            .setLevel(level)
            .setExpiresInMicros(duration.toNanos() / 1_000));
  }

  private void give(String actor, String dashboard, EntryToSet.Builder entry) {
    var _ =
        people.node.dashboards.updateAccess(
            UpdateAccessRequest.newBuilder()
                .setOrganizationId(people.organization)
                .setActor(Orgs.actor(actor))
                .setDashboardId(dashboard)
                .addSet(entry)
                .build());
  }
}
