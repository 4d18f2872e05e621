package dev.sightline.rpc;

import dev.sightline.change.Profile;
import dev.sightline.command.Actor;
import dev.sightline.command.Stages;
import dev.sightline.model.OrganizationId;
import dev.sightline.store.DirectoryReads;
import dev.sightline.store.Rows.UserRow;
import dev.sightline.v1.Person;
import dev.sightline.v1.SearchPeopleRequest;
import dev.sightline.v1.SearchPeopleResponse;

/** Finds people to share with, by a part of their name or e-mail address. */
final class PeopleSearch {
  private static final int USUAL = 10;
  private static final int MOST = 50;
  private static final int LONGEST_QUERY = 100;

  private final Calls calls;
  private final Proof proof;
  private final DirectoryReads directory;

  PeopleSearch(Calls calls, Proof proof, DirectoryReads directory) {
    this.calls = calls;
    this.proof = proof;
    this.directory = directory;
  }

  SearchPeopleResponse search(SearchPeopleRequest request) throws Exception {
    OrganizationId organization = Requests.organization(request.getOrganizationId());
    Actor actor = Requests.actor(organization, request.getActor());
    String query = Requests.text("query", request.getQuery(), 1, LONGEST_QUERY);
    int limit = Requests.within("limit", request.getLimit(), USUAL, MOST);
    return calls.fresh(
        organization,
        Calls.fullyConsistent(),
        fresh -> {
          DashboardRpc.refuse(Stages.member(fresh.graph(), actor));
          SearchPeopleResponse.Builder response =
              SearchPeopleResponse.newBuilder().setPosition(proof.position(fresh));
          directory
              .people(organization, query, limit)
              .forEach(row -> response.addPeople(person(row)));
          return response.build();
        });
  }

  private static Person person(UserRow row) {
    Person.Builder person =
        Person.newBuilder()
            .setUserId(row.id().value())
            .setRole(Enums.toProto(row.role()))
            .setStatus(Enums.toProto(row.status()));
    Profile profile = row.profile();
    if (profile != null) {
      person.setName(profile.name()).setEmail(profile.email().value());
    }
    return person.build();
  }
}
