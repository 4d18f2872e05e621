package dev.sightline.client;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a service is: one name, or one for each of its nodes.
 *
 * @param addresses at least one
 */
record Target(List<Address> addresses) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:\\[(?<v6>[0-9A-Fa-f:.]+)]|(?<host>[^\\[\\]:/,\\s]+)):(?<port>[0-9]{1,5})");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|(0{0,4}:){2,7}0{0,3}1");
  private static final int LARGEST_PORT = 65_535;

  /**
   * A host and a port.
   *
   * @param host a name, an IPv4 address, or an IPv6 address without brackets
   * @param port 1 to 65,535
   */
  record Address(String host, int port) {
    private static Address parse(String text) {
      var form = FORM.matcher(text);
      if (!form.matches() || !isPort(Integer.parseInt(form.group("port")))) {
        throw new IllegalArgumentException(
            "The target is '" + text + "'; it must be host:port, as in sightline.example.com:443.");
      }
      return new Address(host(form), Integer.parseInt(form.group("port")));
    }

    private static String host(Matcher form) {
      var v6 = form.group("v6");
      return v6 != null ? v6 : form.group("host");
    }

    private static boolean isPort(int number) {
      return number >= 1 && number <= LARGEST_PORT;
    }

    private boolean isLoopback() {
      return LOOPBACK.matcher(host).matches();
    }

    @Override
    public String toString() {
      return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
  }

  static Target parse(String first, String... more) {
    var addresses = new ArrayList<Address>();
    addresses.add(Address.parse(first));
    for (var text : more) {
      addresses.add(Address.parse(text));
    }
    return new Target(List.copyOf(addresses));
  }

  /** Whether calls stay on this machine, by what hosts are called: nothing is looked up. */
  boolean isLoopback() {
    return addresses.stream().allMatch(Address::isLoopback);
  }

  /** As gRPC names it: every address behind every name is used. */
  String uri() {
    return addresses.size() == 1
        ? SeveralNames.dns(addresses.getFirst().toString())
        : SeveralNames.uri(addresses.stream().map(Address::toString).toList());
  }
}
