/**
 * Tests of one's own access rules, against a real service in the test's process.
 *
 * {@snippet file="dev/sightline/junit/DashboardAccessTest.java" region="test"}
 *
 * <p>Begin at {@link SightlineExtension}. Everything that is not public here is how it is done:
 * {@code Hold} keeps the servers running for as long as JUnit does, {@code TestServers} are the
 * PostgreSQL and the servers, {@code TestWorld} is what one test has, and {@code ClockWish} knows
 * which tests need a server of their own.
 */
@NullMarked
package dev.sightline.junit;

import org.jspecify.annotations.NullMarked;
