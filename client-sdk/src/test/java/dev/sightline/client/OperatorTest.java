package dev.sightline.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.v1.CanViewRequest;
import dev.sightline.v1.CreateOrganizationRequest;
import dev.sightline.v1.CreateTokenRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OperatorTest {
  private static final NewUser ADA = NewUser.of("Ada", "ada@acme.example").withId("ada");

  private final TestService service = TestService.start();
  private final Sightline client = service.client();
  private final Operator operator = client.operator();

  @AfterEach
  void close() {
    client.close();
    service.close();
  }

  @Test
  void an_organization_is_made_once_and_is_seen_by_later_calls() {
    service.script.failNext(TestService.unavailable());
    var made =
        operator.createOrganization(
            NewOrganization.of("Acme France", ADA).withId("acme-fr").under("acme"));
    assertEquals(new OrganizationFacts("acme-fr", "Acme France", "acme", "acme"), made.value());
    var sent = service.script.requests(CreateOrganizationRequest.class);
    assertEquals(sent.getFirst(), sent.getLast());
    assertEquals(2, sent.size());
    assertEquals(dev.sightline.v1.Role.ROLE_ADMIN, sent.getFirst().getAdmin().getRole());
    client.organization("acme-fr").canView("ada", "revenue");
    var check = service.script.requests(CanViewRequest.class).getLast();
    assertEquals(made.written().position().token(), check.getConsistency().getAtLeast());
  }

  @Test
  void organizations_are_listed_page_by_page() {
    var ids = operator.organizations().stream().map(OrganizationFacts::id).toList();
    assertEquals(List.of("o0", "o1", "o2"), ids);
    assertEquals(3, client.asyncOperator().organizations().toList().join().size());
  }

  @Test
  void a_token_is_made_listed_and_revoked() {
    var issued =
        operator.createToken(
            NewToken.of("backend", TokenReach.realm("acme"), TokenScope.CHECK, TokenScope.WATCH)
                .expiringIn(Duration.ofSeconds(9)));
    assertEquals("s3cret", issued.secret());
    assertFalse(issued.toString().contains("s3cret"));
    assertEquals(Set.of(TokenScope.CHECK, TokenScope.WATCH), issued.token().scopes());
    assertEquals(End.at(Instant.ofEpochSecond(10)), issued.token().end());
    operator.createToken(NewToken.of("one", TokenReach.organization("acme"), TokenScope.MANAGE));
    operator.createToken(NewToken.of("all", TokenReach.everything(), TokenScope.OPERATE));
    var reaches = operator.tokens().stream().map(Token::reach).toList();
    assertEquals(
        List.of(TokenReach.realm("acme"), TokenReach.organization("acme"), TokenReach.everything()),
        reaches);
    assertTrue(operator.revokeToken("t1").revoked());
    assertEquals(
        new Spread.Confirmed(Duration.of(1_500, ChronoUnit.MICROS), 3),
        operator.awaitTokenEverywhere("t1"));
    assertFalse(operator.awaitTokenEverywhere("t2").isEverywhere());
    assertEquals(
        List.of(false, true, false), operator.tokens().stream().map(Token::revoked).toList());
  }

  @Test
  void what_has_no_key_is_not_repeated() {
    service.script.failNext(TestService.unavailable());
    var token = NewToken.of("backend", TokenReach.everything(), TokenScope.CHECK);
    var failure = assertThrows(SightlineException.class, () -> operator.createToken(token));
    assertEquals(Code.UNAVAILABLE, failure.code());
    assertEquals(1, service.script.requests(CreateTokenRequest.class).size());
  }

  @Test
  void an_agent_is_registered() {
    var sam = new SupportAgent("support:sam", "Sam", "sam@vendor.example", "Support");
    assertEquals(sam, operator.registerAgent(sam));
  }
}
