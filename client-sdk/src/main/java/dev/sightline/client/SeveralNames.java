package dev.sightline.client;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.Status;
import io.grpc.StatusOr;
import io.grpc.SynchronizationContext;
import io.grpc.SynchronizationContext.ScheduledHandle;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Resolves several names, with commas between them, to the addresses of all. Each is resolved by
 * gRPC's own resolver; one that is not known, or not yet, leaves the others in use, and is looked
 * up again now and then. Everything runs in the channel's synchronization context.
 */
final class SeveralNames extends NameResolver {
  private static final String SCHEME = "sightline-nodes";

  /** How long names that take longer are waited for, once one is known. */
  private static final long PATIENCE = RendezvousPicker.PATIENCE;

  private static final long AGAIN_AFTER = TimeUnit.SECONDS.toNanos(5);

  static {
    NameResolverRegistry.getDefaultRegistry().register(new Provider());
  }

  private final List<OneName> names = new ArrayList<>();
  private final SynchronizationContext context;
  private final ScheduledExecutorService timer;
  private @Nullable Listener2 listener;
  private @Nullable ScheduledHandle patience;
  private boolean patient = true;
  private boolean over;

  private SeveralNames(String names, Args args) {
    context = args.getSynchronizationContext();
    timer = args.getScheduledExecutorService();
    var dns =
        Objects.requireNonNull(
            NameResolverRegistry.getDefaultRegistry().getProviderForScheme("dns"), "dns");
    for (var name : names.split(",", -1)) {
      var resolver = dns.newNameResolver(URI.create(dns(name)), args);
      this.names.add(new OneName(name, Objects.requireNonNull(resolver, name)));
    }
  }

  /** What gRPC is to be told, so that it resolves all of these. */
  static String uri(List<String> names) {
    return SCHEME + ":///" + escaped(String.join(",", names));
  }

  /** The same for one. */
  static String dns(String name) {
    return "dns:///" + escaped(name);
  }

  /** A path may not have an IPv6 address's brackets. */
  private static String escaped(String name) {
    return name.replace("[", "%5B").replace("]", "%5D");
  }

  @Override
  public String getServiceAuthority() {
    return names.getFirst().name;
  }

  @Override
  public void start(Listener2 wanted) {
    listener = wanted;
    names.forEach(it -> it.resolver.start(it));
  }

  @Override
  public void refresh() {
    names.forEach(it -> it.resolver.refresh());
  }

  @Override
  public void shutdown() {
    over = true;
    cancel(patience);
    for (var name : names) {
      cancel(name.again);
      name.resolver.shutdown();
    }
  }

  private static void cancel(@Nullable ScheduledHandle timer) {
    if (timer != null) {
      timer.cancel();
    }
  }

  private ScheduledHandle after(long nanos, Runnable what) {
    return context.schedule(what, nanos, TimeUnit.NANOSECONDS, timer);
  }

  /** Says what is known: once each name has been looked up, or that takes too long. */
  private Status tell() {
    if (over || listener == null) {
      return Status.OK;
    }
    var all = new ArrayList<EquivalentAddressGroup>();
    names.forEach(it -> all.addAll(it.addresses));
    boolean complete = names.stream().allMatch(it -> it.lookedUp);
    if (!complete && (patient || all.isEmpty())) {
      if (!all.isEmpty() && patience == null) {
        patience = after(PATIENCE, this::waitNoLonger);
      }
      return Status.OK;
    }
    var failure = names.getFirst().failure;
    StatusOr<List<EquivalentAddressGroup>> known =
        all.isEmpty() && !failure.isOk() ? StatusOr.fromStatus(failure) : StatusOr.fromValue(all);
    return listener.onResult2(ResolutionResult.newBuilder().setAddressesOrError(known).build());
  }

  private void waitNoLonger() {
    patient = false;
    var _ = tell();
  }

  private final class OneName extends Listener2 {
    private final String name;
    private final NameResolver resolver;
    private List<EquivalentAddressGroup> addresses = List.of();
    private boolean lookedUp;
    private Status failure = Status.OK;
    private @Nullable ScheduledHandle again;

    OneName(String name, NameResolver resolver) {
      this.name = name;
      this.resolver = resolver;
    }

    @Override
    public void onResult(ResolutionResult result) {
      context.execute(() -> {
        var _ = onResult2(result);
      });
    }

    @Override
    public Status onResult2(ResolutionResult result) {
      var found = result.getAddressesOrError();
      return found.hasValue() ? found(found.getValue()) : failed(found.getStatus());
    }

    @Override
    public void onError(Status error) {
      context.execute(() -> {
        var _ = failed(error);
      });
    }

    private Status found(List<EquivalentAddressGroup> groups) {
      failure = Status.OK;
      addresses = groups.stream().map(this::named).toList();
      cancel(again);
      again = null;
      lookedUp = true;
      return tell();
    }

    /** With the name that a node's certificate is for. */
    private EquivalentAddressGroup named(EquivalentAddressGroup group) {
      var attributes =
          group.getAttributes().toBuilder()
              .set(EquivalentAddressGroup.ATTR_AUTHORITY_OVERRIDE, name)
              .build();
      return new EquivalentAddressGroup(group.getAddresses(), attributes);
    }

    /** The channel tries again by itself only while it knows nothing at all. */
    private Status failed(Status error) {
      failure = error;
      if (!over && again == null) {
        again = after(AGAIN_AFTER, this::lookUpAgain);
      }
      lookedUp = true;
      return tell();
    }

    private void lookUpAgain() {
      again = null;
      resolver.refresh();
    }
  }

  private static final class Provider extends NameResolverProvider {
    private static final int PRIORITY = 4; // Below that of DNS, which is what a name alone means.

    @Override
    protected boolean isAvailable() {
      return true;
    }

    @Override
    protected int priority() {
      return PRIORITY;
    }

    @Override
    public String getDefaultScheme() {
      return SCHEME;
    }

    @Override
    public @Nullable NameResolver newNameResolver(URI target, Args args) {
      return SCHEME.equals(target.getScheme())
          ? new SeveralNames(target.getPath().substring(1), args)
          : null;
    }
  }
}
