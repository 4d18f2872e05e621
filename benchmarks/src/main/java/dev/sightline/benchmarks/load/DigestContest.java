package dev.sightline.benchmarks.load;

import dev.sightline.v1.AccessServiceGrpc;
import dev.sightline.v1.BatchCheckRequest;
import dev.sightline.v1.BatchCheckResponse;
import dev.sightline.v1.CheckItem;
import dev.sightline.v1.CheckResult;
import dev.sightline.v1.DigestDashboard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Digests beside the checks that say the same. */
final class DigestContest {
  private static final int BATCHES_IN_FLIGHT = 16;
  private static final int LARGE_IN_FLIGHT = 4;
  private static final int LARGEST_BATCH = 10_000;

  private final Caller caller;
  private final Kind<BatchCheckRequest, BatchCheckResponse> checks;
  private final Kind<BatchCheckRequest, BatchCheckResponse> largeChecks;

  DigestContest(Caller caller, List<BatchCheckRequest> checks) {
    this.caller = caller;
    this.checks = kind(checks);
    this.largeChecks = kind(joined(checks));
  }

  private static Kind<BatchCheckRequest, BatchCheckResponse> kind(List<BatchCheckRequest> batches) {
    return new Kind<>(
        AccessServiceGrpc.getBatchCheckMethod(),
        batches,
        batches.getFirst().getItemsCount(),
        response -> response.getResultsList().stream().noneMatch(CheckResult::hasError));
  }

  private static List<BatchCheckRequest> joined(List<BatchCheckRequest> checks) {
    List<BatchCheckRequest> joined = new ArrayList<>();
    var next = BatchCheckRequest.newBuilder().setOrganizationId(Readership.ID);
    for (BatchCheckRequest batch : checks) {
      next.addAllItems(batch.getItemsList());
      if (next.getItemsCount() == LARGEST_BATCH) {
        joined.add(next.build());
        next.clearItems();
      }
    }
    return joined;
  }

  DigestRound round() throws InterruptedException {
    long begin = System.nanoTime();
    long digests = DigestRun.run(caller, _ -> {});
    long digested = System.nanoTime();
    FixedLoop.run(caller, checks, BATCHES_IN_FLIGHT);
    long checked = System.nanoTime();
    FixedLoop.run(caller, largeChecks, LARGE_IN_FLIGHT);
    long largeChecked = System.nanoTime();
    if (digests != Readership.READERS) {
      throw new IllegalStateException("there were " + digests + " digests");
    }
    return new DigestRound(digested - begin, checked - digested, largeChecked - checked);
  }

  /** Makes sure that both say the same, before anything is measured. */
  void compare() {
    Map<String, List<String>> digests = new HashMap<>();
    DigestRun.run(
        caller,
        digest ->
            digests.put(
                digest.getUserId(),
                digest.getDashboardsList().stream().map(DigestDashboard::getDashboardId).toList()));
    var blocking = AccessServiceGrpc.newBlockingStub(caller.authorized());
    for (BatchCheckRequest batch : checks.requests()) {
      List<CheckResult> results = blocking.batchCheck(batch).getResultsList();
      List<String> allowed = new ArrayList<>();
      for (int i = 0; i < results.size(); i++) {
        CheckItem item = batch.getItems(i);
        if (results.get(i).getAllowed()) {
          allowed.add(item.getDashboardId());
        }
      }
      String reader = batch.getItems(0).getUserId();
      if (!allowed.equals(digests.get(reader))) {
        throw new IllegalStateException(
            "%s may view %s, and the digest holds %s"
                .formatted(reader, allowed, digests.get(reader)));
      }
    }
  }
}
