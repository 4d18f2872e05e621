package dev.sightline.graph;

/** The touched people one after the other, each with the dashboards that are touched for them. */
sealed interface TouchedWalk permits OrdinalWalk, IdWalk {
  /** Moves on to the next person, at first to the first; false if there is none. */
  boolean next();

  /** The ordinal of the person moved on to. */
  int person();

  /** The ordinals of the dashboards touched for that person, each once. */
  int[] dashboards();
}
