package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.SUPPORT_REACH;

import org.jooq.impl.DSL;

/** Where a group or an agent may matter. */
final class SupportReach {
  /** Touches no row if it is there already. */
  static final Prepared NOTE =
      Prepared.of(
          DSL.insertInto(SUPPORT_REACH)
              .columns(SUPPORT_REACH.HOLDER, SUPPORT_REACH.ORGANIZATION_ID)
              .values(
                  DSL.param("holder", SUPPORT_REACH.HOLDER),
                  DSL.param("organization", SUPPORT_REACH.ORGANIZATION_ID))
              .onConflictDoNothing());

  private SupportReach() {}

  /** No agent's id begins like this. */
  static String ofGroup(String name) {
    return "group:" + name;
  }
}
