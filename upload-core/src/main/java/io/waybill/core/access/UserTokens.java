package io.waybill.core.access;

import io.waybill.core.Verdict;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** The tokens by which an issuer that we believe tells us who a person is. */
public interface UserTokens {

  /** Where no issuer is believed. */
  UserTokens NONE =
      new UserTokens() {
        @Override
        public boolean isOne(String secret) {
          return false;
        }

        @Override
        public Verdict<User> read(String token, Instant now) {
          throw new IllegalStateException("nothing is a token where no issuer is believed");
        }
      };

  /**
   * Who a token is about.
   *
   * @param groupIds the groups that they are in
   */
  record User(UUID tenantId, UUID userId, Set<UUID> groupIds) {
    public User {
      groupIds = Set.copyOf(groupIds);
    }
  }

  /** Whether a secret has the form of a token, whoever made it. */
  boolean isOne(String secret);

  /**
   * Whom a token is about when it is our issuer's, for us, and valid now. It may wait some seconds
   * for the issuer, so nothing that others need is held meanwhile. What it refuses with says
   * nothing that stands in the token.
   */
  Verdict<User> read(String token, Instant now);
}
