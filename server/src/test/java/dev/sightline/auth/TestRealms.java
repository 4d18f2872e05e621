package dev.sightline.auth;

import dev.sightline.model.OrganizationId;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Realms in memory: some at hand, some only after somebody has waited for them. */
public final class TestRealms implements Realms {
  private final Map<String, OrganizationId> known = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<@Nullable OrganizationId>> slow =
      new ConcurrentHashMap<>();

  public void put(String organization, String root) {
    known.put(organization, new OrganizationId(root));
  }

  /** What the answer for this organization has to wait for. */
  public CompletableFuture<@Nullable OrganizationId> slow(String organization) {
    return slow.computeIfAbsent(organization, _ -> new CompletableFuture<>());
  }

  @Override
  public @Nullable OrganizationId rootIfKnown(String organization) {
    return known.get(organization);
  }

  @Override
  public CompletionStage<@Nullable OrganizationId> root(OrganizationId organization) {
    CompletableFuture<@Nullable OrganizationId> waiting = slow.get(organization.value());
    return waiting == null
        ? CompletableFuture.completedFuture(known.get(organization.value()))
        : waiting;
  }
}
