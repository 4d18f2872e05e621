package dev.sightline.auth;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A set of scopes, one bit each, so that comparing two costs one instruction.
 *
 * @param bits the bit of a scope is 1 shifted by its ordinal
 */
public record Scopes(int bits) {
  public static final Scopes ALL = of(Arrays.asList(Scope.values()));

  public static Scopes of(Scope... scopes) {
    return of(Arrays.asList(scopes));
  }

  public static Scopes of(Collection<Scope> scopes) {
    int bits = 0;
    for (Scope scope : scopes) {
      bits |= 1 << scope.ordinal();
    }
    return new Scopes(bits);
  }

  public boolean isEmpty() {
    return bits == 0;
  }

  public boolean contains(Scope scope) {
    return (bits & 1 << scope.ordinal()) != 0;
  }

  public boolean containsAll(Scopes others) {
    return (bits & others.bits) == others.bits;
  }

  public boolean containsAnyOf(Scopes others) {
    return (bits & others.bits) != 0;
  }

  public Scopes without(Scopes others) {
    return new Scopes(bits & ~others.bits);
  }

  /** The scopes, in the order of their declaration. */
  public List<Scope> toList() {
    return Arrays.stream(Scope.values()).filter(this::contains).toList();
  }

  @Override
  public String toString() {
    return toList().stream().map(Scope::name).collect(Collectors.joining(", "));
  }
}
