package dev.sightline.junit;

import dev.sightline.client.Actor;
import dev.sightline.client.Organization;
import dev.sightline.client.Sightline;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a real Sightline service, in their own process, and each of them an organization that
 * is clean. Parameters of these types are filled in, in tests, in what runs before and after them,
 * and in constructors:
 *
 * <table>
 *   <caption>What a test may ask for</caption>
 *   <tr><td>{@link Organization}</td><td>an organization that no other test has</td></tr>
 *   <tr><td>{@link Actor}</td><td>what its first admin, {@link #ADMIN}, does there;
 *       {@link Organization#as} acts for anybody else</td></tr>
 *   <tr><td>{@link TestClock}</td><td>the service's clock, to set</td></tr>
 *   <tr><td>{@link Sightline}</td><td>a client of the service, closed after the test</td></tr>
 *   <tr><td>{@link TestOrganization}</td><td>where it all is, for code that connects by itself</td></tr>
 * </table>
 *
 * {@snippet file="dev/sightline/junit/DashboardAccessTest.java" region="test"}
 *
 * <p><b>Whose it is.</b> One test, with its constructor, {@code @BeforeEach} and
 * {@code @AfterEach}, has one organization: whoever asks for it again gets the same. So has each
 * invocation of a repeated or parameterized test, and a test factory with all that it makes.
 * {@code @BeforeAll}, {@code @AfterAll} and the constructor of a class with one instance for all
 * tests have an organization of the class's own; its tests do not get that one, but may share it
 * through a field.
 *
 * <p><b>What runs.</b> One PostgreSQL and one server for all tests of the process, from when the
 * first of them asks for something until JUnit's run ends, with the data in a temporary folder. A
 * test that asks for a clock has a server to itself, on a database of its own, because time is the
 * same for all of a server: that takes about half a second. Tests may run in parallel, either way.
 */
public final class SightlineExtension implements ParameterResolver, BeforeAllCallback {
  /** The id of each organization's first admin. */
  public static final String ADMIN = "admin";

  private static final Namespace NAMESPACE = Namespace.create(SightlineExtension.class);

  private static final Map<Class<?>, Function<TestWorld, Object>> GIVEN =
      Map.of(
          Organization.class, TestWorld::organization,
          Actor.class, TestWorld::admin,
          TestClock.class, TestWorld::clock,
          Sightline.class, TestWorld::client,
          TestOrganization.class, TestWorld::place);

  private volatile @Nullable Hold hold;

  /** One is as good as another: for {@code @ExtendWith}, or for a field to register. */
  public SightlineExtension() {}

  /**
   * The address, {@code host:port}, of the server that all tests without a clock share, which is
   * started if need be: for frameworks that are told once where the service is. It asks for no
   * token. Needs a static field with {@code @RegisterExtension}.
   *
   * @throws IllegalStateException before {@code @BeforeAll}
   */
  public String target() {
    Hold held = hold;
    if (held == null) {
      throw new IllegalStateException(
          "The address was asked for before the tests began. Register the extension with a static"
              + " field and @RegisterExtension, and ask in @BeforeAll or later.");
    }
    return held.servers().shared().target();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    hold = hold(context);
  }

  /** So that what a constructor is given belongs to the test that the instance is for. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return GIVEN.containsKey(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    boolean clock = type.equals(TestClock.class) || ClockWish.isMadeBy(context);
    TestWorld world =
        context
            .getStore(NAMESPACE)
            .computeIfAbsent(context.getUniqueId(), _ -> world(context, clock), TestWorld.class);
    return Objects.requireNonNull(GIVEN.get(type)).apply(world);
  }

  private static TestWorld world(ExtensionContext context, boolean clock) {
    Instant start = clock ? ClockWish.start(context) : null;
    return TestWorld.on(hold(context).servers(), start);
  }

  private static Hold hold(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(Hold.class, _ -> Hold.take(), Hold.class);
  }
}
