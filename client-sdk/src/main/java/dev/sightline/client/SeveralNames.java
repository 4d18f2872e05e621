package dev.sightline.client;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.Status;
import io.grpc.StatusOr;
import io.grpc.SynchronizationContext;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Resolves several names, with commas between them, to the addresses of all. Each is resolved by
 * gRPC's own resolver; one that is not known for the moment leaves the others in use. Everything
 * runs in the channel's synchronization context.
 */
final class SeveralNames extends NameResolver {
  private static final String SCHEME = "sightline-nodes";

  static {
    NameResolverRegistry.getDefaultRegistry().register(new Provider());
  }

  private static final int AGAIN_AFTER_SECONDS = 5;

  private final List<OneName> names = new ArrayList<>();
  private final SynchronizationContext context;
  private final ScheduledExecutorService timer;
  private @Nullable Listener2 listener;
  private boolean over;

  private SeveralNames(String names, Args args) {
    context = args.getSynchronizationContext();
    timer = args.getScheduledExecutorService();
    var dns =
        Objects.requireNonNull(
            NameResolverRegistry.getDefaultRegistry().getProviderForScheme("dns"), "dns");
    for (var name : names.split(",", -1)) {
      var resolver = dns.newNameResolver(URI.create("dns:///" + escaped(name)), args);
      this.names.add(new OneName(name, Objects.requireNonNull(resolver, name)));
    }
  }

  /** What gRPC is to be told, so that it resolves all of these. */
  static String uri(List<String> names) {
    return SCHEME + ":///" + escaped(String.join(",", names));
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
    names.forEach(it -> it.resolver.shutdown());
  }

  /** Says what is known as soon as each name has been looked up once, and whenever it changes. */
  private Status tell() {
    if (over || listener == null || names.stream().anyMatch(it -> it.addresses == null)) {
      return Status.OK;
    }
    var all = new ArrayList<EquivalentAddressGroup>();
    for (var name : names) {
      all.addAll(Objects.requireNonNull(name.addresses));
    }
    var failure = names.getFirst().failure;
    StatusOr<List<EquivalentAddressGroup>> known =
        all.isEmpty() && !failure.isOk() ? StatusOr.fromStatus(failure) : StatusOr.fromValue(all);
    return listener.onResult2(ResolutionResult.newBuilder().setAddressesOrError(known).build());
  }

  private final class OneName extends Listener2 {
    private final String name;
    private final NameResolver resolver;
    private @Nullable List<EquivalentAddressGroup> addresses;
    private Status failure = Status.OK;

    OneName(String name, NameResolver resolver) {
      this.name = name;
      this.resolver = resolver;
    }

    @Override
    public void onResult(ResolutionResult result) {
      var _ = onResult2(result);
    }

    @Override
    public Status onResult2(ResolutionResult result) {
      var found = result.getAddressesOrError();
      if (!found.hasValue()) {
        onError(found.getStatus());
        return found.getStatus();
      }
      failure = Status.OK;
      addresses = found.getValue().stream().map(this::named).toList();
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

    @Override
    public void onError(Status error) {
      failure = error;
      if (addresses == null) {
        addresses = List.of();
      }
      if (tell().isOk()) {
        // The channel tries again by itself only if it knows nothing at all.
        var _ = context.schedule(this::again, AGAIN_AFTER_SECONDS, TimeUnit.SECONDS, timer);
      }
    }

    private void again() {
      if (!over && !failure.isOk()) {
        resolver.refresh();
      }
    }
  }

  private static final class Provider extends NameResolverProvider {
    private static final int PRIORITY = 5;

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
