package dev.sightline.command;

import dev.sightline.change.DashboardFacts;
import dev.sightline.change.Entry;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.DashboardId;
import dev.sightline.model.Sha256;
import java.util.HexFormat;
import java.util.TreeMap;

/** Stands for exactly who has access to a dashboard by its owner, its default and its entries. */
public final class AccessEtag {
  private AccessEtag() {}

  /** 32 hexadecimal digits: the first half of a SHA-256; entries that have ended do not count. */
  public static String of(OrgGraph graph, DashboardId dashboard) {
    DashboardFacts facts = Stages.known(graph, dashboard);
    var lines = new TreeMap<String, Entry>();
    graph
        .facts()
        .entries(dashboard)
        .forEach((subject, entry) -> {
          if (!entry.hasEnded(graph.position().endedThrough())) {
            lines.put(subject.getClass().getSimpleName() + " " + subject.value(), entry);
          }
        });
    String text = facts.owner() + " " + facts.companyDefault() + " " + lines;
    return HexFormat.of().formatHex(Sha256.of(text), 0, 16);
  }
}
