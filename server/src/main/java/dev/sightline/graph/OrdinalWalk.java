package dev.sightline.graph;

/** In the order of ordinals, which costs nothing to find. */
final class OrdinalWalk implements TouchedWalk {
  private final TouchedParts parts;
  private final int personOrdinals;
  private int atNaming;
  private int person = -1;

  OrdinalWalk(LevelChanges step) {
    this.parts = new TouchedParts(step);
    this.personOrdinals = step.personOrdinals();
  }

  @Override
  public boolean next() {
    while (atNaming < parts.namings() && parts.namedAt(atNaming) == person) {
      atNaming++;
    }
    if (parts.touchesEverybody()) {
      person++;
    } else if (atNaming < parts.namings()) {
      person = parts.namedAt(atNaming);
    } else {
      return false;
    }
    return person < personOrdinals;
  }

  @Override
  public int person() {
    return person;
  }

  @Override
  public int[] dashboards() {
    return parts.dashboardsOf(person, atNaming);
  }
}
