package dev.sightline.client;

import dev.sightline.v1.ItemError;
import dev.sightline.v1.StreamChecksRequest;
import dev.sightline.v1.StreamChecksResponse;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.IntSupplier;

/** Answers streamed checks as {@link TestAccess} does others, or fails as the test says. */
final class TestCheckStreams {
  private final TestService service;
  private final List<StreamChecksRequest> asked = new ArrayList<>();
  private final Deque<Runnable> held = new ArrayDeque<>();
  private final Queue<String> errors = new ArrayDeque<>();
  private final Queue<StatusRuntimeException> refusals = new ArrayDeque<>();
  private IntSupplier answersPerStream = () -> Integer.MAX_VALUE;
  private boolean holding;
  private int opened;
  private int abandoned;

  TestCheckStreams(TestService service) {
    this.service = service;
  }

  /** The questions as they arrived. */
  synchronized List<StreamChecksRequest> asked() {
    return List.copyOf(asked);
  }

  synchronized int opened() {
    return opened;
  }

  /** The next questions have errors of their own, with these reasons. */
  synchronized void failNext(String... reasons) {
    errors.addAll(List.of(reasons));
  }

  /** The next streams are refused, with their first questions. */
  synchronized void refuse(StatusRuntimeException... with) {
    refusals.addAll(List.of(with));
  }

  /** Each stream from now on ends after so many answers. */
  synchronized void endAfter(IntSupplier answers) {
    answersPerStream = answers;
  }

  /** From now on answers wait. */
  synchronized void hold() {
    holding = true;
  }

  /** Gives the answers that waited, the last one first. */
  synchronized void release() {
    holding = false;
    while (!held.isEmpty()) {
      held.removeLast().run();
    }
  }

  /** The streams that are open say nothing ever again; new ones do. */
  synchronized void abandon() {
    abandoned = opened;
  }

  synchronized StreamObserver<StreamChecksRequest> open(
      StreamObserver<StreamChecksResponse> observer) {
    opened++;
    return new Answering(observer, answersPerStream.getAsInt());
  }

  private final class Answering implements StreamObserver<StreamChecksRequest> {
    private final StreamObserver<StreamChecksResponse> out;
    private int left;
    private String organization = "";
    private final int number = opened;
    private boolean over;

    Answering(StreamObserver<StreamChecksResponse> out, int left) {
      this.out = out;
      this.left = left;
    }

    @Override
    public void onNext(StreamChecksRequest request) {
      synchronized (TestCheckStreams.this) {
        asked.add(request);
        if (!request.getOrganizationId().isEmpty()) {
          organization = request.getOrganizationId();
        }
        var refusal = organization.equals("forbidden") ? forbidden() : refusals.poll();
        if (refusal != null) {
          end(refusal);
        } else if (holding) {
          held.add(() -> answer(request));
        } else if (number > abandoned) {
          answer(request);
        }
      }
    }

    private void answer(StreamChecksRequest request) {
      if (over) {
        return;
      }
      if (left == 0) {
        end(TestService.unavailable());
        return;
      }
      left--;
      out.onNext(response(request));
    }

    private void end(StatusRuntimeException with) {
      if (!over) {
        over = true;
        out.onError(with);
      }
    }

    @Override
    public void onError(Throwable failure) {
      over = true;
    }

    @Override
    public void onCompleted() {
      synchronized (TestCheckStreams.this) {
        if (!over) {
          over = true;
          out.onCompleted();
        }
      }
    }
  }

  static StatusRuntimeException forbidden() {
    return TestService.refusal(
        com.google.rpc.Code.PERMISSION_DENIED, "CALLER_NOT_ALLOWED", "No.", Map.of());
  }

  private StreamChecksResponse response(StreamChecksRequest request) {
    var response = StreamChecksResponse.newBuilder().setId(request.getId());
    var error = request.getUserId().contains(" ") ? "MALFORMED_ID" : errors.poll();
    if (error != null) {
      return response.setError(ItemError.newBuilder().setReason(error).setMessage("No.")).build();
    }
    boolean allowed = TestAccess.allows(request.getUserId(), request.getAction());
    return response
        .setAllowed(allowed)
        .setLevel(allowed ? dev.sightline.v1.Level.LEVEL_EDITOR : dev.sightline.v1.Level.LEVEL_NONE)
        .setPosition(service.position())
        .setProofAgeMicros(40_000)
        .build();
  }
}
