package io.waybill.oidc;

import java.net.InetAddress;
import java.net.URI;
import java.util.UUID;

/**
 * Which issuer is believed, and what is read in its tokens.
 *
 * @param issuer as it stands in {@code iss}
 * @param audience one of those in {@code aud}: ourselves
 * @param subjectClaim whose text says who it is
 * @param groupsClaim whose list of texts says in which groups they are; empty for none
 * @param tenant whose people they are
 * @param loopbackInTheClear whether an issuer on this very machine may speak without TLS
 */
public record IssuerSettings(
    URI issuer,
    String audience,
    String subjectClaim,
    String groupsClaim,
    Tenant tenant,
    boolean loopbackInTheClear) {

  /** How a person comes to a tenant. */
  public sealed interface Tenant {}

  /** Everybody whom the issuer vouches for is one tenant's. */
  public record OneTenant(UUID tenantId) implements Tenant {}

  /** The issuer says whose. */
  public record TenantClaim(String claim) implements Tenant {}

  public IssuerSettings {
    if (!isSafe(issuer, loopbackInTheClear)) {
      throw new IllegalArgumentException("the issuer must be an https address");
    }
    if (issuer.getRawQuery() != null || issuer.getRawFragment() != null) {
      throw new IllegalArgumentException("the issuer must have no query and no fragment");
    }
    if (audience.isBlank() || subjectClaim.isBlank()) {
      throw new IllegalArgumentException("an audience and a subject claim are needed");
    }
  }

  /** Whether what comes from there is what was sent there. */
  boolean isSafe(URI uri) {
    return isSafe(uri, loopbackInTheClear);
  }

  private static boolean isSafe(URI uri, boolean loopbackInTheClear) {
    if (uri.getHost() == null || uri.getRawUserInfo() != null) {
      return false;
    }
    return "https".equalsIgnoreCase(uri.getScheme())
        || (loopbackInTheClear
            && "http".equalsIgnoreCase(uri.getScheme())
            && isLoopback(uri.getHost()));
  }

  private static boolean isLoopback(String host) {
    if (host.equals("localhost")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
    } catch (IllegalArgumentException noAddress) {
      return false;
    }
  }
}
