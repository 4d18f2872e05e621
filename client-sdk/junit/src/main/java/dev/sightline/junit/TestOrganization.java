package dev.sightline.junit;

/**
 * Where a test's organization is, for code under test that connects by itself. No token is needed.
 *
 * {@snippet file="dev/sightline/junit/ExamplesTest.java" region="place"}
 *
 * @param target the server, {@code host:port}, for {@link dev.sightline.client.Sightline#connect}
 * @param id the organization, for {@link dev.sightline.client.Sightline#organization}
 */
public record TestOrganization(String target, String id) {}
