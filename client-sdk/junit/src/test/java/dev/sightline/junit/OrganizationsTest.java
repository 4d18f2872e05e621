package dev.sightline.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.client.Action;
import dev.sightline.client.Actor;
import dev.sightline.client.Level;
import dev.sightline.client.NewDashboard;
import dev.sightline.client.NewUser;
import dev.sightline.client.Organization;
import dev.sightline.client.Role;
import dev.sightline.client.Sightline;
import dev.sightline.client.User;
import dev.sightline.client.UserStatus;
import dev.sightline.client.VisibleDashboard;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whose organization it is. The tests run in parallel, and all use the same ids. */
class OrganizationsTest {
  @RegisterExtension static final SightlineExtension sightline = new SightlineExtension();

  /** Whether a test that ran before has had the organization. */
  private static final Set<TestOrganization> SEEN = ConcurrentHashMap.newKeySet();

  /** A machine that builds and tests may be busy. */
  private static final Duration PATIENT = Duration.ofSeconds(30);

  private final TestOrganization constructed;
  private TestOrganization before;

  OrganizationsTest(TestOrganization constructed) {
    this.constructed = constructed;
  }

  @BeforeAll
  static void a_class_has_one_of_its_own(TestOrganization place) {
    assertTrue(SEEN.add(place));
  }

  @BeforeEach
  void before(TestOrganization place) {
    assertEquals(constructed, place);
    before = place;
  }

  @AfterEach
  void after(TestOrganization place) {
    assertEquals(constructed, place);
    assertTrue(SEEN.add(place), "another test had " + place);
  }

  @RepeatedTest(8)
  void each_invocation_finds_a_clean_one(Organization acme, Actor admin) {
    fill(admin);
    assertEquals(
        List.of("sales"),
        acme.visibleDashboards("dee").stream().map(VisibleDashboard::id).toList());
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "VIEWER", "EDITOR"})
  void parameterized_tests_have_one_each(Level companyDefault, Organization acme, Actor admin) {
    admin.directory().addUser(NewUser.of("Dee", "dee@acme.test").withId("dee"));
    admin.createDashboard(
        NewDashboard.named("Sales").withId("sales").withCompanyDefault(companyDefault));
    assertEquals(companyDefault == Level.EDITOR, acme.canEdit("dee", "sales").allowed());
    assertEquals(companyDefault != Level.NONE, acme.canView("dee", "sales").allowed());
  }

  @TestFactory
  Stream<DynamicTest> what_a_factory_makes_shares_one(Organization acme, Actor admin) {
    fill(admin);
    return Stream.of(Action.VIEW, Action.COPY_LINK)
        .map(action ->
            DynamicTest.dynamicTest(
                action.name(), () -> assertTrue(acme.check("dee", action, "sales").allowed())));
  }

  @Test
  void the_admin_is_there_and_nobody_else(Organization acme, Actor admin) {
    List<User> users = acme.as(SightlineExtension.ADMIN).directory().users().stream().toList();
    assertEquals(List.of(SightlineExtension.ADMIN), users.stream().map(User::id).toList());
    assertEquals(Role.ADMIN, users.getFirst().role());
    assertEquals(UserStatus.ACTIVE, users.getFirst().status());
    assertEquals(users.getFirst(), admin.directory().user(SightlineExtension.ADMIN));
  }

  @Test
  void the_client_is_the_tests_own_to_close(Sightline client, TestOrganization place) {
    client.close();
    try (Sightline own = Sightline.connect(place.target()).deadline(PATIENT).open()) {
      fill(own.organization(place.id()).as(SightlineExtension.ADMIN));
    }
  }

  @Test
  void all_are_on_the_server_whose_address_a_framework_is_told() {
    assertEquals(sightline.target(), constructed.target());
  }

  private static void fill(Actor admin) {
    admin.directory().addUser(NewUser.of("Dee", "dee@acme.test").withId("dee"));
    admin.createDashboard(NewDashboard.named("Sales").withId("sales"));
  }

  @Nested
  class In_a_nested_class {
    private final TestOrganization own;

    In_a_nested_class(TestOrganization own) {
      this.own = own;
    }

    @RepeatedTest(2)
    void a_test_has_one_with_all_that_runs_around_it(TestOrganization place, Actor admin) {
      assertEquals(constructed, place);
      assertEquals(before, place);
      assertEquals(own, place);
      fill(admin);
    }
  }

  @Nested
  @ParameterizedClass
  @EnumSource(names = {"NONE", "VIEWER"})
  class In_a_parameterized_class {
    private final Level companyDefault;
    private final Organization acme;

    In_a_parameterized_class(Level companyDefault, Organization acme) {
      this.companyDefault = companyDefault;
      this.acme = acme;
    }

    @RepeatedTest(2)
    void a_test_has_one_for_each_set_of_arguments(Actor admin) {
      admin.directory().addUser(NewUser.of("Dee", "dee@acme.test").withId("dee"));
      admin.createDashboard(
          NewDashboard.named("Sales").withId("sales").withCompanyDefault(companyDefault));
      assertEquals(companyDefault == Level.VIEWER, acme.canView("dee", "sales").allowed());
    }
  }
}
