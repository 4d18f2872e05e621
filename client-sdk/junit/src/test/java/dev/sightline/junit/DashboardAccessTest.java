package dev.sightline.junit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.client.AccessChange;
import dev.sightline.client.AccessEntry;
import dev.sightline.client.Actor;
import dev.sightline.client.End;
import dev.sightline.client.Level;
import dev.sightline.client.NewDashboard;
import dev.sightline.client.NewUser;
import dev.sightline.client.Organization;
import dev.sightline.client.Subject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

// @start region="test"
@ExtendWith(SightlineExtension.class)
class DashboardAccessTest {
  @Test
  void an_editor_for_an_hour_then_only_views(Organization acme, Actor admin, TestClock clock) {
    admin.directory().addUser(NewUser.of("Dee", "dee@acme.test").withId("dee"));
    admin.createDashboard(NewDashboard.named("Sales").withId("sales"));
    var hour = new AccessEntry(Subject.user("dee"), Level.EDITOR, End.after(Duration.ofHours(1)));
    admin.changeAccess("sales", AccessChange.empty().set(hour));
    assertTrue(acme.canEdit("dee", "sales").allowed());

    clock.advance(Duration.ofHours(1));
    assertFalse(acme.canEdit("dee", "sales").allowed());
    assertTrue(acme.canView("dee", "sales").allowed());
  }
}
// @end
