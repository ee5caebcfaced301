package io.waybill.core.access.usecase;

import static io.waybill.core.fixture.World.code;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Admission;
import io.waybill.core.access.Client;
import io.waybill.core.access.FirstUse;
import io.waybill.core.access.Identity;
import io.waybill.core.access.Identity.Standing;
import io.waybill.core.access.UserTokens;
import io.waybill.core.access.usecase.LetBearerIn.LookUp;
import io.waybill.core.event.AuditEvent;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever guesses is slowed, and nobody else for long. */
class LetBearerInTest {

  private static final String HERE = "192.0.2.1";
  private static final String THERE = "192.0.2.2";
  private static final int AT_ONCE = 60;

  private final World world = new World();
  private final LetBearerIn letBearerIn = world.all.access().letBearerIn();
  private final List<Identity> barred = new ArrayList<>();
  private int lookUps;
  private int guessed;

  @Test
  void a_right_secret_is_let_in_and_a_wrong_one_is_not() {
    assertThat(value(shown(Registry.KEY, HERE))).isEqualTo(Registry.person().identity());
    assertThat(code(shown("wb_nobodys", HERE))).isEqualTo("auth.api_key_invalid");
  }

  @Test
  void guesses_of_one_address_are_looked_up_a_few_times_and_then_slowed() {
    flood(HERE, 500);
    assertThat(lookUps).isEqualTo(AT_ONCE);
    assertThat(shown("wb_another", HERE))
        .isInstanceOfSatisfying(
            Verdict.Refused.class,
            refused -> {
              Refusal refusal = refused.refusal();
              assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMIT_EXCEEDED);
              assertThat(refusal.retryAfterSeconds()).isEqualTo(2);
            });
    assertThat(value(shown(Registry.KEY, THERE)).tenantId()).isEqualTo(Registry.TENANT);
  }

  @Test
  void a_token_that_has_expired_is_no_guess_and_one_that_is_nobodys_is() {
    LetBearerIn withTokens =
        AccessUseCases.over(
                world.ports,
                Duration.ofSeconds(5),
                Admission.DEFAULT.believing(new ExpiredOrForged()),
                FirstUse.REFUSED)
            .letBearerIn();
    for (int i = 0; i < 2 * AT_ONCE; i++) {
      assertThat(code(shown(withTokens, "ey.expired"))).isEqualTo("auth.api_key_expired");
    }
    for (int i = 0; i < AT_ONCE; i++) {
      assertThat(code(shown(withTokens, "ey.forged"))).isEqualTo("auth.api_key_invalid");
    }
    assertThat(code(shown(withTokens, "ey.forged"))).isEqualTo("rate_limit.exceeded");
  }

  private static final class ExpiredOrForged implements UserTokens {
    @Override
    public boolean isOne(String secret) {
      return secret.startsWith("ey.");
    }

    @Override
    public Verdict<User> read(String token, Instant now) {
      ErrorCode why =
          token.endsWith("expired")
              ? ErrorCode.AUTH_API_KEY_EXPIRED
              : ErrorCode.AUTH_API_KEY_INVALID;
      return Verdict.refused(why, "as asked");
    }
  }

  private static Verdict<Identity> shown(LetBearerIn door, String secret) {
    return door.handle(new Showing(secret, HERE, "r-1", "http", Client.NONE), (identity, why) -> {})
        .then(LookUp::find);
  }

  @Test
  void guesses_may_go_on_slowly() {
    flood(HERE, 500);
    world.advance(Duration.ofSeconds(10));
    lookUps = 0;
    flood(HERE, 500);
    assertThat(lookUps).isEqualTo(20);
  }

  @Test
  void a_key_that_was_right_before_passes_beside_a_flood_of_its_own_address() {
    value(shown(Registry.KEY, HERE));
    flood(HERE, 5000);
    world.advance(Duration.ofMinutes(10));
    flood(HERE, 5000);
    assertThat(value(shown(Registry.KEY, HERE))).isEqualTo(Registry.person().identity());
  }

  @Test
  void a_new_key_that_is_shown_many_times_at_once_does_not_count() {
    Showing showing = new Showing(Registry.KEY, HERE, "r-1", "http", Client.NONE);
    List<LookUp> waiting = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      waiting.add(value(letBearerIn.handle(showing, (identity, why) -> {})));
    }
    waiting.forEach(lookUp -> value(lookUp.find()));
    flood(HERE, 500);
    assertThat(lookUps).isEqualTo(AT_ONCE);
  }

  @Test
  void a_new_key_beside_a_flood_of_its_own_address_passes_when_it_comes_again_in_time() {
    flood(HERE, 5000);
    assertThat(code(shown(Registry.KEY, HERE))).isEqualTo("rate_limit.exceeded");
    assertThat(code(shown(Registry.KEY, HERE))).isEqualTo("rate_limit.exceeded");
    world.advance(Throttle.WAIT);
    flood(HERE, 5000);
    assertThat(value(shown(Registry.KEY, HERE))).isEqualTo(Registry.person().identity());
  }

  @Test
  void whoever_comes_again_with_wrong_secrets_is_slowed_too() {
    flood(HERE, 5000);
    world.advance(Throttle.WAIT);
    lookUps = 0;
    guessed = 0; // the same ones
    flood(HERE, 5000);
    assertThat(lookUps).isLessThanOrEqualTo(AT_ONCE + 4);
  }

  @Test
  void one_wrong_secret_again_and_again_is_looked_up_once_and_slows_only_itself() {
    for (int i = 0; i < 5000; i++) {
      shown("wb_stale_of_a_neighbour", HERE);
    }
    assertThat(lookUps).isOne();
    assertThat(code(shown("wb_stale_of_a_neighbour", HERE))).isEqualTo("rate_limit.exceeded");
    assertThat(value(shown(Registry.KEY, HERE))).isEqualTo(Registry.person().identity());
    assertThat(code(shown("wb_other_wrong_one", HERE))).isEqualTo("auth.api_key_invalid");
  }

  @Test
  void guesses_from_everywhere_at_what_begins_like_one_key_are_slowed_and_the_key_is_not() {
    String begins = Registry.KEY.substring(0, 10);
    for (int i = 0; i < 5000; i++) {
      shown(begins + "_guess_" + i, "198.51.100." + i % 250);
    }
    assertThat(lookUps).isEqualTo(AT_ONCE);
    assertThat(code(shown(Registry.KEY, HERE))).isEqualTo("rate_limit.exceeded");
    world.advance(Throttle.WAIT);
    assertThat(value(shown(Registry.KEY, HERE))).isEqualTo(Registry.person().identity());
  }

  @Test
  void a_key_that_was_right_and_is_revoked_is_wrong_and_passes_nothing_any_more() {
    value(shown(Registry.KEY, HERE));
    world.database.addApiKey(
        Authenticate.hashOf(Registry.KEY),
        Registry.standing(Registry.person().identity(), Standing.INACTIVE));
    world.advance(Authenticate.LONGEST_CACHE);
    assertThat(code(shown(Registry.KEY, HERE))).isEqualTo("auth.api_key_invalid");
    flood(HERE, 500);
    assertThat(code(shown(Registry.KEY, HERE))).isEqualTo("rate_limit.exceeded");
  }

  @Test
  void what_has_another_form_is_nobody_s() {
    assertThat(code(shown("password", HERE))).isEqualTo("auth.api_key_invalid");
    assertThat(code(shown("w".repeat(5000), HERE))).isEqualTo("auth.api_key_invalid");
    assertThat(world.all.access().authenticate().bearer("guest"))
        .isEqualTo(world.all.access().authenticate().bearer("wb_nobodys"));
  }

  @Test
  void failures_are_audited_once_a_minute_per_source_without_the_secret() {
    flood(HERE, 500);
    flood(THERE, 500);
    assertThat(failures())
        .hasSize(2)
        .allSatisfy(row -> {
          assertThat(row.actor()).isEqualTo("nobody");
          assertThat(row.action()).isEqualTo("auth.failed");
          assertThat(row.result()).isEqualTo("auth.api_key_invalid");
          assertThat(row.tenantId()).isEqualTo(NoteFailedAuthentication.NO_TENANT);
        });
    assertThat(failures().getFirst().details()).containsEntry("address", HERE);
    assertThat(world.database.facts().toString()).doesNotContain("guess");

    world.advance(Duration.ofMinutes(1));
    flood(HERE, 5);
    assertThat(failures()).hasSize(3);
  }

  @Test
  void an_expired_key_is_audited_where_it_belongs_and_a_barred_device_is_told_of() {
    Identity person = Registry.person().identity();
    world.database.addApiKey(
        Authenticate.hashOf("wb_old"), Registry.standing(person, Standing.EXPIRED));
    world.database.addDevice(
        Authenticate.hashOf("wbd_off"),
        Registry.standing(Registry.robot17().identity(), Standing.INACTIVE));

    assertThat(code(shown("wb_old", HERE))).isEqualTo("auth.api_key_expired");
    assertThat(code(shown("wbd_off", HERE))).isEqualTo("device.inactive");

    assertThat(failures())
        .singleElement()
        .satisfies(row -> {
          assertThat(row.tenantId()).isEqualTo(person.tenantId());
          assertThat(row.actor()).isEqualTo(person.actor());
          assertThat(row.result()).isEqualTo("auth.api_key_expired");
        });
    assertThat(barred).extracting(Identity::id).containsExactly(Registry.ROBOT_17);
  }

  private List<AuditEvent> failures() {
    return world.database.facts().audit().stream()
        .filter(row -> row.action().equals("auth.failed"))
        .toList();
  }

  /** So many secrets that are nobody's, each another one. */
  private void flood(String source, int guesses) {
    for (int i = 0; i < guesses; i++) {
      shown("wb_" + guessed + "guess", source);
      guessed++;
    }
  }

  private Verdict<Identity> shown(String secret, String source) {
    Showing showing = new Showing(secret, source, "r-1", "http", Client.NONE);
    Verdict<LookUp> shown = letBearerIn.handle(showing, (identity, why) -> barred.add(identity));
    return shown.then(lookUp -> {
      lookUps++;
      return lookUp.find();
    });
  }
}
