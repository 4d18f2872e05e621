package dev.sightline.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.v1.AccessServiceGrpc;
import dev.sightline.v1.CanViewRequest;
import io.grpc.CallOptions;
import io.grpc.EquivalentAddressGroup;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.StatusOr;
import io.grpc.StatusRuntimeException;
import io.grpc.SynchronizationContext;
import io.grpc.stub.ClientCalls;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where calls go when the service has several nodes. */
class RendezvousTest {
  private static final List<String> ORGANIZATIONS =
      IntStream.range(0, 60).mapToObj(it -> "organization" + it).toList();

  private final List<TestService> nodes = new ArrayList<>();
  private final Names names = new Names();
  private final ManagedChannel channel = channel(1);

  RendezvousTest() {
    for (int i = 0; i < 3; i++) {
      nodes.add(TestService.start());
    }
    names.are(nodes);
  }

  private ManagedChannel channel(int nodesPerOrganization) {
    NameResolverRegistry.getDefaultRegistry().register(names);
    return Grpc.newChannelBuilder("names:///nodes", InsecureChannelCredentials.create())
        .defaultServiceConfig(Rendezvous.serviceConfig(nodesPerOrganization))
        .directExecutor()
        .build();
  }

  @AfterEach
  void close() throws InterruptedException {
    channel.shutdownNow();
    channel.awaitTermination(10, TimeUnit.SECONDS);
    nodes.forEach(TestService::close);
    NameResolverRegistry.getDefaultRegistry().deregister(names);
  }

  /** Whatever the test says. */
  private static final class Names extends NameResolverProvider {
    private List<EquivalentAddressGroup> addresses = List.of();
    private NameResolver.Listener2 listener;
    private SynchronizationContext context;

    synchronized void are(List<TestService> nodes) {
      addresses =
          nodes.stream()
              .map(it -> new InetSocketAddress(InetAddress.getLoopbackAddress(), it.port()))
              .map(EquivalentAddressGroup::new)
              .toList();
      if (context != null) {
        context.execute(this::tell);
      }
    }

    private synchronized void tell() {
      if (listener != null) {
        listener.onResult2(
            NameResolver.ResolutionResult.newBuilder()
                .setAddressesOrError(StatusOr.fromValue(addresses))
                .build());
      }
    }

    @Override
    protected boolean isAvailable() {
      return true;
    }

    @Override
    protected int priority() {
      return 5;
    }

    @Override
    public String getDefaultScheme() {
      return "names";
    }

    @Override
    public NameResolver newNameResolver(URI target, NameResolver.Args args) {
      return new NameResolver() {
        @Override
        public String getServiceAuthority() {
          return "nodes";
        }

        @Override
        public void start(Listener2 wanted) {
          synchronized (Names.this) {
            listener = wanted;
            context = args.getSynchronizationContext();
          }
          args.getSynchronizationContext().execute(Names.this::tell);
        }

        @Override
        public void refresh() {
          args.getSynchronizationContext().execute(Names.this::tell);
        }

        @Override
        public void shutdown() {}
      };
    }
  }

  private void ask(ManagedChannel channel, String organization) {
    var options = CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS);
    if (!organization.isEmpty()) {
      options = options.withOption(Rendezvous.ORGANIZATION, organization);
    }
    var request = CanViewRequest.newBuilder().setOrganizationId(organization).build();
    ClientCalls.blockingUnaryCall(channel, AccessServiceGrpc.getCanViewMethod(), options, request);
  }

  private void askAll(ManagedChannel channel, int times) {
    for (int i = 0; i < times; i++) {
      ORGANIZATIONS.forEach(it -> ask(channel, it));
    }
  }

  /** What was asked about on a node so far. */
  private static Set<String> askedAbout(TestService node) {
    var asked = new HashSet<String>();
    node.script.requests(CanViewRequest.class).forEach(it -> asked.add(it.getOrganizationId()));
    return asked;
  }

  private Map<String, Integer> homes() {
    var homes = new HashMap<String, Integer>();
    for (int i = 0; i < nodes.size(); i++) {
      for (var organization : askedAbout(nodes.get(i))) {
        assertEquals(null, homes.put(organization, i), organization + " is on two nodes");
      }
    }
    return homes;
  }

  @Test
  void an_organization_is_on_one_node_and_all_nodes_have_some() {
    askAll(channel, 3);
    var homes = homes();
    assertEquals(Set.copyOf(ORGANIZATIONS), homes.keySet());
    assertEquals(Set.of(0, 1, 2), Set.copyOf(homes.values()));
  }

  @Test
  void every_client_comes_to_the_same() throws InterruptedException {
    askAll(channel, 1);
    var other = channel(1);
    askAll(other, 1);
    assertEquals(ORGANIZATIONS.size(), homes().size());
    other.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
  }

  @Test
  void nodes_that_have_names_of_their_own_are_all_used_and_one_that_has_none_yet_costs_nothing() {
    var more =
        new String[] {
          "localhost:" + nodes.get(1).port(),
          "127.0.0.1:" + nodes.get(2).port(),
          "nowhere.invalid:7411"
        };
    try (var client =
        Sightline.connect("127.0.0.1:" + nodes.getFirst().port(), more)
            .plaintext()
            .withoutNearCache()
            .deadline(Duration.ofSeconds(10))
            .open()) {
      ORGANIZATIONS.forEach(it -> client.organization(it).canView("ann", "revenue"));
    }
    var homes = homes();
    assertEquals(Set.copyOf(ORGANIZATIONS), homes.keySet());
    assertEquals(Set.of(0, 1, 2), Set.copyOf(homes.values()));
  }

  @Test
  void when_nobody_knows_any_of_the_names_a_call_says_so() {
    try (var client =
        Sightline.connect("nowhere.invalid:1", "neither.invalid:1").plaintext().open()) {
      var failure =
          assertThrows(
              SightlineException.class,
              () -> client.organization("acme").canView("ann", "revenue"));
      assertEquals(Code.UNAVAILABLE, failure.code());
    }
  }

  @Test
  void when_a_node_goes_its_organizations_move_and_no_others() {
    askAll(channel, 1);
    var before = homes();
    nodes.get(1).close();
    for (var organization : ORGANIZATIONS) {
      askUntilAnswered(organization);
    }
    for (int i : new int[] {0, 2}) {
      int node = i;
      for (var organization : askedAbout(nodes.get(i))) {
        int home = before.get(organization);
        assertTrue(home == node || home == 1, organization + " moved without need");
      }
    }
  }

  /** A call that was on its way when the node went is lost. */
  private void askUntilAnswered(String organization) {
    try {
      ask(channel, organization);
    } catch (StatusRuntimeException _) {
      ask(channel, organization);
    }
  }

  @Test
  void when_it_is_back_they_return() {
    askAll(channel, 1);
    var before = homes();
    int port = nodes.get(1).port();
    nodes.get(1).close();
    ORGANIZATIONS.forEach(this::askUntilAnswered);
    nodes.set(1, TestService.start(port, InsecureServerCredentials.create()));
    var its = ORGANIZATIONS.stream().filter(it -> before.get(it) == 1).toList();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!askedAbout(nodes.get(1)).equals(Set.copyOf(its))) {
      assertTrue(System.nanoTime() - end < 0, "They do not return.");
      channel.resetConnectBackoff();
      its.forEach(this::askUntilAnswered);
    }
  }

  @Test
  void a_node_that_is_not_named_any_more_is_left_and_a_new_one_gets_its_part() {
    askAll(channel, 1);
    var added = TestService.start();
    nodes.add(added);
    names.are(List.of(nodes.get(0), added));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (askedAbout(added).isEmpty()) {
      assertTrue(System.nanoTime() - end < 0, "Nothing comes to the new node.");
      ORGANIZATIONS.forEach(this::askUntilAnswered);
    }
  }

  @Test
  void only_nodes_that_are_needed_are_connected_to() {
    for (int i = 0; i < 20; i++) {
      ask(channel, "acme");
      ask(channel, "");
    }
    assertEquals(1, nodes.stream().filter(it -> !it.script.calls().isEmpty()).count());
  }

  @Test
  void calls_about_no_organization_take_turns_on_those_that_are_connected() {
    askAll(channel, 1);
    for (int i = 0; i < 30; i++) {
      ask(channel, "");
    }
    for (var node : nodes) {
      assertEquals(
          10,
          node.script.requests(CanViewRequest.class).stream()
              .filter(it -> it.getOrganizationId().isEmpty())
              .count());
    }
  }

  @Test
  void an_organization_may_be_on_more_nodes_but_not_on_all() throws InterruptedException {
    var wider = channel(2);
    for (int i = 0; i < 100; i++) {
      ask(wider, "acme");
    }
    assertEquals(2, nodes.stream().filter(it -> askedAbout(it).contains("acme")).count());
    wider.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
  }

  @Test
  void if_none_is_there_calls_fail_at_once() {
    nodes.forEach(TestService::close);
    var failure = assertThrows(StatusRuntimeException.class, () -> ask(channel, "acme"));
    assertEquals(io.grpc.Status.Code.UNAVAILABLE, failure.getStatus().getCode());
    assertThrows(StatusRuntimeException.class, () -> ask(channel, ""));
  }

  @Test
  void weights_spread_evenly_whatever_the_names() {
    int[] counts = new int[10];
    for (int organization = 0; organization < 10_000; organization++) {
      long hash = Rendezvous.hash("org-" + organization);
      int best = 0;
      long most = 0;
      for (int node = 0; node < counts.length; node++) {
        long weight = Rendezvous.weight(hash, Rendezvous.hash("10.0.0." + node + ":7411"));
        if (Long.compareUnsigned(weight, most) >= 0) {
          most = weight;
          best = node;
        }
      }
      counts[best]++;
    }
    for (int count : counts) {
      assertTrue(count > 850 && count < 1_150, Arrays.toString(counts));
    }
  }
}
