package dev.sightline.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import dev.sightline.cache.Requirement;
import dev.sightline.model.OrganizationId;
import dev.sightline.v1.Consistency;
import org.junit.jupiter.api.Test;

class PagesTest {
  private static final OrganizationId ORGANIZATION = new OrganizationId("org");

  private static ByteString token(long revision) {
    return PositionToken.of(ORGANIZATION, revision, 0, 0);
  }

  private static Requirement.AtLeast at(long revision) {
    return new Requirement.AtLeast(revision, 0, 0);
  }

  @Test
  void a_page_is_no_older_than_the_page_before_nor_than_what_the_call_demands() {
    var start = new Pages.Start("d7", token(20));
    assertEquals(
        new Requirement.Both(at(15), at(20)),
        start.requirement(ORGANIZATION, Consistency.newBuilder().setAtLeast(token(15)).build()));
    assertEquals(
        new Requirement.Both(Requirement.MINIMIZE_LATENCY, at(20)),
        start.requirement(ORGANIZATION, Consistency.getDefaultInstance()));
  }
}
