package dev.sightline.store;

import static dev.sightline.store.Sample.T0;
import static dev.sightline.store.TestDatabase.newOrganization;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sightline.model.LinkDecision;
import dev.sightline.model.LinkTarget;
import dev.sightline.model.LinkToken;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.RequestId;
import dev.sightline.model.UserId;
import dev.sightline.store.OneClickLinks.Link;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OneClickLinksTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final OneClickLinks links = TestDatabase.shared().oneClickLinks();
  private final OrganizationId acme = newOrganization();

  private Link link(LinkToken token, LinkTarget target, Instant end) {
    return new Link(token.hash(), acme, target, 3, end);
  }

  @Test
  void a_link_is_found_by_the_hash_of_its_token() {
    LinkToken decline = LinkToken.draw(RANDOM);
    LinkToken accept = LinkToken.draw(RANDOM);
    var request = new LinkTarget.OfRequest(new RequestId("r1"), LinkDecision.DECLINE);
    var invitation = new LinkTarget.OfInvitation(new UserId("bob"));
    links.add(List.of(link(decline, request, T0), link(accept, invitation, T0)));

    Link found = links.find(decline.hash());
    assertArrayEquals(decline.hash(), found.hash());
    assertEquals(acme, found.organization());
    assertEquals(request, found.target());
    assertEquals(3, found.generation());
    assertEquals(T0, found.end());
    assertEquals(invitation, links.find(accept.hash()).target());
    assertNull(links.find(LinkToken.draw(RANDOM).hash()));
  }

  @Test
  void links_are_added_all_or_none() {
    LinkToken one = LinkToken.draw(RANDOM);
    LinkToken two = LinkToken.draw(RANDOM);
    var target = new LinkTarget.OfInvitation(new UserId("bob"));
    links.add(List.of());
    links.add(List.of(link(one, target, T0)));
    assertThrows(
        StoreFault.class, () -> links.add(List.of(link(two, target, T0), link(one, target, T0))));
    assertNull(links.find(two.hash()));
  }

  @Test
  void what_ended_before_an_instant_is_forgotten() {
    LinkToken one = LinkToken.draw(RANDOM);
    LinkToken two = LinkToken.draw(RANDOM);
    var target = new LinkTarget.OfInvitation(new UserId("bob"));
    Instant early = Instant.parse("1999-01-01T00:00:00Z");
    links.add(List.of(link(one, target, early), link(two, target, early.plusSeconds(1))));
    assertEquals(1, links.purge(early.plusSeconds(1)));
    assertNull(links.find(one.hash()));
    assertNotNull(links.find(two.hash()));
  }

  @Test
  void a_token_is_read_exactly_as_it_was_drawn_and_shows_nothing_of_itself() {
    LinkToken token = LinkToken.draw(RANDOM);
    String text = token.reveal();
    assertEquals(43, text.length());
    assertEquals(token, LinkToken.parse(text));
    assertArrayEquals(token.hash(), LinkToken.parse(text).hash());
    assertNotEquals(token, LinkToken.draw(RANDOM));
    assertEquals("LinkToken[…]", token.toString());
    for (String wrong : List.of("", "x", text + "=", text + "A", text.substring(1), "!" + text)) {
      assertNull(LinkToken.parse(wrong), wrong);
    }
    // The last character carries two bits that are no part of the 256.
    char last = text.charAt(42);
    assertNull(LinkToken.parse(text.substring(0, 42) + (char) (last + 1)));
  }
}
