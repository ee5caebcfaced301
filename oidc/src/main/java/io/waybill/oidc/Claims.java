package io.waybill.oidc;

import io.waybill.core.Verdict;
import io.waybill.core.access.UserTokens.User;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What a token says, once its signature is known to be the issuer's. */
record Claims(JsonNode json) {

  /** How far the issuer's clock may be from ours. */
  static final Duration SKEW = Duration.ofSeconds(60);

  private static final long LAST_SECOND = 253_402_300_799L;
  private static final int TEXT_CHARS = 256;
  private static final int MOST_GROUPS = 500;

  /** Whom it is about, when it is from this issuer, for us, and valid now. */
  Verdict<User> user(IssuerSettings settings, Instant now) {
    if (!text("iss").equals(Optional.of(settings.issuer().toString()))) {
      return Tokens.invalid("it is another issuer's");
    }
    if (!isFor(settings.audience())) {
      return Tokens.invalid("it is for somebody else (WAYBILL_OIDC_AUDIENCE is what we are)");
    }
    Optional<Instant> expires = time("exp");
    if (expires.isEmpty() || isWrongTime("nbf") || isWrongTime("iat")) {
      return Tokens.invalid("it does not say when it is valid");
    }
    if (!now.isBefore(expires.get().plus(SKEW))) {
      return Tokens.expired();
    }
    if (isLater("nbf", now) || isLater("iat", now)) {
      return Tokens.invalid("it is not valid yet; do the clocks agree?");
    }
    return about(settings);
  }

  private Verdict<User> about(IssuerSettings settings) {
    Optional<String> subject = text(settings.subjectClaim());
    if (subject.isEmpty()) {
      return Tokens.invalid("it does not say who it is about (WAYBILL_OIDC_SUBJECT_CLAIM)");
    }
    Optional<Set<UUID>> groups = groups(settings);
    if (groups.isEmpty()) {
      return Tokens.invalid("its groups are no list of names (WAYBILL_OIDC_GROUPS_CLAIM)");
    }
    UUID user = SubjectIds.of(settings.issuer(), "user", subject.get());
    return tenant(settings.tenant())
        .<Verdict<User>>map(tenant -> Verdict.ok(new User(tenant, user, groups.get())))
        .orElseGet(() ->
            Tokens.invalid("it does not say whose tenant's it is (WAYBILL_OIDC_TENANT_CLAIM)"));
  }

  private Optional<UUID> tenant(IssuerSettings.Tenant tenant) {
    return switch (tenant) {
      case IssuerSettings.OneTenant(UUID tenantId) -> Optional.of(tenantId);
      case IssuerSettings.TenantClaim(String claim) -> text(claim).flatMap(SubjectIds::uuid);
    };
  }

  /** Empty when they cannot be read; of whoever has too many for a token, they are elsewhere. */
  private Optional<Set<UUID>> groups(IssuerSettings settings) {
    String claim = settings.groupsClaim();
    if (claim.isEmpty()) {
      return Optional.of(Set.of());
    }
    JsonNode list = json.path(claim);
    if (json.path("_claim_names").has(claim)) {
      return Optional.empty();
    }
    if (list.isMissingNode()) {
      return Optional.of(Set.of());
    }
    if (!list.isArray() || list.size() > MOST_GROUPS) {
      return Optional.empty();
    }
    Set<UUID> groups = new HashSet<>();
    for (JsonNode group : list) {
      if (!isText(group)) {
        return Optional.empty();
      }
      groups.add(SubjectIds.of(settings.issuer(), "group", group.stringValue()));
    }
    return Optional.of(groups);
  }

  private boolean isFor(String audience) {
    JsonNode aud = json.path("aud");
    if (aud.isString()) {
      return aud.stringValue().equals(audience);
    }
    boolean isOurs = false;
    for (JsonNode each : aud) {
      isOurs |= each.isString() && each.stringValue().equals(audience);
    }
    return aud.isArray() && isOurs;
  }

  private Optional<String> text(String claim) {
    JsonNode node = json.path(claim);
    return isText(node) ? Optional.of(node.stringValue()) : Optional.empty();
  }

  private static boolean isText(JsonNode node) {
    return node.isString()
        && !node.stringValue().isBlank()
        && node.stringValue().length() <= TEXT_CHARS;
  }

  private boolean isLater(String claim, Instant now) {
    return time(claim).filter(at -> now.plus(SKEW).isBefore(at)).isPresent();
  }

  private boolean isWrongTime(String claim) {
    return json.has(claim) && time(claim).isEmpty();
  }

  private Optional<Instant> time(String claim) {
    JsonNode node = json.path(claim);
    double seconds = node.isNumber() ? node.doubleValue() : Double.NaN;
    return seconds >= 0 && seconds <= LAST_SECOND
        ? Optional.of(Instant.ofEpochSecond((long) seconds))
        : Optional.empty();
  }
}
