package io.waybill.core.access.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.FirstUse;
import io.waybill.core.access.Identity;
import io.waybill.core.access.IdentityStores;
import io.waybill.core.access.UserTokens;
import io.waybill.core.work.Ports;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns a secret, or the identity of a topic, into an identity with its grants. Answers are kept
 * for at most five seconds, so that a revocation is felt within them in every process.
 */
public final class Authenticate {

  /** The longest that a revocation can go unnoticed. */
  public static final Duration LONGEST_CACHE = Duration.ofSeconds(5);

  private static final int MAX_SECRET_CHARS = 512;
  private static final String API_KEY = "wb_";

  private final Ports<? extends IdentityStores> ports;
  private final Duration cacheFor;
  private final FirstUse firstUse;
  private final IdentityCache cache = new IdentityCache();

  /**
   * Reads are cached for {@code cacheFor}, at most {@link #LONGEST_CACHE}; zero asks every time.
   */
  public Authenticate(Ports<? extends IdentityStores> ports, Duration cacheFor) {
    this(ports, cacheFor, FirstUse.REFUSED);
  }

  /**
   * The same.
   *
   * @param firstUse hears of devices that were never seen
   */
  public Authenticate(Ports<? extends IdentityStores> ports, Duration cacheFor, FirstUse firstUse) {
    if (cacheFor.compareTo(LONGEST_CACHE) > 0) {
      throw new IllegalArgumentException("identities are cached for at most " + LONGEST_CACHE);
    }
    this.ports = ports;
    this.cacheFor = cacheFor;
    this.firstUse = firstUse;
  }

  /** The owner of an API key or of a device credential, as a bearer of HTTP. */
  public Verdict<Identity> bearer(String secret) {
    return bearer(secret, (identity, why) -> {});
  }

  /**
   * The same.
   *
   * @param refused told whose secret it was when its owner is known and may not act
   */
  public Verdict<Identity> bearer(String secret, BiConsumer<Identity, ErrorCode> refused) {
    if (secret.isBlank()) {
      return Verdict.refused(
          ErrorCode.AUTH_API_KEY_MISSING, "send Authorization: Bearer <api key>");
    }
    if (secret.length() > MAX_SECRET_CHARS) {
      return invalid();
    }
    String hash = hashOf(secret);
    Instant now = ports.now();
    return known(
            "k" + hash,
            now,
            () -> registered(secret, hash, now).map(identity -> admitted(identity, hash)))
        .map(identity -> {
          Verdict<Identity> verdict = standing(identity);
          if (verdict instanceof Verdict.Refused<Identity>(Refusal refusal)) {
            refused.accept(identity, refusal.code());
          }
          return verdict;
        })
        .orElseGet(Authenticate::invalid);
  }

  /**
   * One look-up at most, whether there is such a secret or not: every API key says that it is one.
   */
  private Optional<Identity> registered(String secret, String hash, Instant now) {
    return ports
        .work()
        .read(tx ->
            secret.startsWith(API_KEY)
                ? tx.identities().byApiKey(hash, now)
                : tx.identities().byDeviceCredential(hash, now));
  }

  /** Whoever a token is about, with what they and their groups are granted. */
  Verdict<Identity> user(UserTokens.User user) {
    Instant now = ports.now();
    return known(
            "u" + user.tenantId() + user.userId() + new TreeSet<>(user.groupIds()),
            now,
            () -> ports.work().read(tx -> tx.identities().user(user)))
        .map(Authenticate::standing)
        .orElseGet(() ->
            Verdict.refused(
                ErrorCode.AUTH_API_KEY_INVALID, "the token's tenant is not known here"));
  }

  /** The device of a topic, checked against the registry. */
  public Verdict<Identity> device(UUID tenantId, UUID deviceId) {
    Instant now = ports.now();
    return known(
            "d" + tenantId + deviceId,
            now,
            () ->
                ports
                    .work()
                    .read(tx -> tx.identities().device(tenantId, deviceId))
                    .map(identity -> admitted(identity, null)))
        .map(Authenticate::standing)
        .orElseGet(
            () -> Verdict.refused(ErrorCode.DEVICE_NOT_FOUND, "there is no such device here"));
  }

  /** What it showed before may be worth nothing from now on. */
  private Identity admitted(Identity identity, @Nullable String hash) {
    if (identity.standing() != Identity.Standing.PENDING || !firstUse.of(identity, hash)) {
      return identity;
    }
    forget();
    return identity.standing(Identity.Standing.ACTIVE);
  }

  /** Whether this secret is a live credential of this very device: what a broker asks. */
  public boolean isCredentialOf(UUID deviceId, String secret) {
    return bearer(secret) instanceof Verdict.Ok<Identity>(Identity identity)
        && identity.isDevice()
        && identity.id().equals(deviceId);
  }

  private Optional<Identity> known(String key, Instant now, Supplier<Optional<Identity>> read) {
    Identity known = cache.find(key, now);
    if (known != null) {
      return Optional.of(known);
    }
    long asOf = cache.changes();
    Optional<Identity> identity = read.get();
    if (!cacheFor.isZero()) {
      identity.ifPresent(found -> cache.keep(key, found, now, now.plus(cacheFor), asOf));
    }
    return identity;
  }

  /** Forgets everything: identities have changed in this process. */
  public void forget() {
    cache.forget();
  }

  /**
   * Runs a change of who may do what, and forgets everything once it is there, or once nobody can
   * say whether it is.
   */
  public <T> Verdict<T> changing(Supplier<Verdict<T>> change) {
    boolean mayBeThere = true;
    try {
      Verdict<T> verdict = change.get();
      mayBeThere = verdict instanceof Verdict.Ok<T>;
      return verdict;
    } finally {
      if (mayBeThere) {
        forget();
      }
    }
  }

  private static Verdict<Identity> standing(Identity identity) {
    return switch (identity.standing()) {
      case ACTIVE -> Verdict.ok(identity);
      case EXPIRED -> Verdict.refused(ErrorCode.AUTH_API_KEY_EXPIRED, "this key has expired");
      case PENDING, INACTIVE ->
          identity.isDevice()
              ? Verdict.refused(ErrorCode.DEVICE_INACTIVE, "this device is not active")
              : invalid();
      case TENANT_INACTIVE ->
          Verdict.refused(ErrorCode.AUTH_TENANT_INACTIVE, "this tenant is not active");
    };
  }

  static <T> Verdict<T> invalid() {
    return Verdict.refused(ErrorCode.AUTH_API_KEY_INVALID, "this key is unknown or revoked");
  }

  /** SHA-256 of a secret in lower-case hex: what the registry keeps of it. */
  public static String hashOf(String secret) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
