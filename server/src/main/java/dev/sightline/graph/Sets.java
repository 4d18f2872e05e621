package dev.sightline.graph;

/**
 * The sets that lists start from.
 *
 * @param active the ACTIVE users
 * @param admins the ACTIVE users who are ADMINs
 * @param agents the support agents
 * @param dashboards all dashboards
 * @param published those that are no drafts
 * @param open those that are published and whose company default is not NONE
 */
record Sets(Bits active, Bits admins, Bits agents, Bits dashboards, Bits published, Bits open) {
  static final Sets NONE =
      new Sets(Bits.NONE, Bits.NONE, Bits.NONE, Bits.NONE, Bits.NONE, Bits.NONE);

  Sets withUser(int ordinal, UserNode node) {
    return new Sets(
        active.with(ordinal, node.isActive()),
        admins.with(ordinal, node.isActiveAdmin()),
        agents,
        dashboards,
        published,
        open);
  }

  Sets withAgent(int ordinal, AgentNode node) {
    return new Sets(
        active, admins, agents.with(ordinal, node.present()), dashboards, published, open);
  }

  Sets withDashboard(int ordinal, DashboardNode node) {
    return new Sets(
        active,
        admins,
        agents,
        dashboards.with(ordinal, node.present()),
        published.with(ordinal, node.present() && !node.isDraft()),
        open.with(ordinal, node.isOpen()));
  }

  long weightInBytes() {
    return 40
        + active.weightInBytes()
        + admins.weightInBytes()
        + agents.weightInBytes()
        + dashboards.weightInBytes()
        + published.weightInBytes()
        + open.weightInBytes();
  }
}
