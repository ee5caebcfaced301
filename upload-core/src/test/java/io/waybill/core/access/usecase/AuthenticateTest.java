package io.waybill.core.access.usecase;

import static io.waybill.core.fixture.World.code;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.access.Identity;
import io.waybill.core.access.Identity.Standing;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A secret becomes an identity, and stops being one within five seconds of its end. */
class AuthenticateTest {

  private final World world = new World();
  private final Authenticate authenticate = world.all.access().authenticate();

  @Test
  void an_api_key_and_a_device_credential_are_both_bearers() {
    assertThat(value(authenticate.bearer(Registry.KEY))).isEqualTo(Registry.person().identity());
    assertThat(value(authenticate.bearer(Registry.ROBOT_17_SECRET)).id())
        .isEqualTo(Registry.ROBOT_17);
  }

  @Test
  void no_key_an_unknown_one_and_an_absurd_one_are_refused() {
    assertThat(code(authenticate.bearer(" "))).isEqualTo("auth.api_key_missing");
    assertThat(code(authenticate.bearer("wb_unknown"))).isEqualTo("auth.api_key_invalid");
    assertThat(code(authenticate.bearer("x".repeat(513)))).isEqualTo("auth.api_key_invalid");
  }

  @Test
  void a_standing_other_than_active_is_told_for_what_it_is() {
    assertThat(standing(Registry.person().identity(), Standing.EXPIRED))
        .isEqualTo("auth.api_key_expired");
    assertThat(standing(Registry.person().identity(), Standing.INACTIVE))
        .isEqualTo("auth.api_key_invalid");
    assertThat(standing(Registry.robot17().identity(), Standing.INACTIVE))
        .isEqualTo("device.inactive");
    assertThat(standing(Registry.person().identity(), Standing.TENANT_INACTIVE))
        .isEqualTo("auth.tenant_inactive");
  }

  private String standing(Identity identity, Standing standing) {
    String secret = "wb_" + identity.id() + standing;
    world.database.addApiKey(Authenticate.hashOf(secret), Registry.standing(identity, standing));
    return code(authenticate.bearer(secret));
  }

  @Test
  void an_answer_is_kept_for_five_seconds_and_no_longer() {
    value(authenticate.bearer(Registry.KEY));
    world.database.addApiKey(
        Authenticate.hashOf(Registry.KEY),
        Registry.standing(Registry.person().identity(), Standing.INACTIVE));

    world.advance(Duration.ofMillis(4999));
    value(authenticate.bearer(Registry.KEY));

    world.advance(Duration.ofMillis(1));
    assertThat(code(authenticate.bearer(Registry.KEY))).isEqualTo("auth.api_key_invalid");
  }

  @Test
  void more_identities_than_there_is_room_for_push_out_the_oldest_and_nobody_else() {
    Identity person = Registry.person().identity();
    for (int i = 0; i <= IdentityCache.MOST; i++) {
      world.database.addApiKey(Authenticate.hashOf("wb_" + i), person);
      value(authenticate.bearer("wb_" + i));
    }
    String first = "wb_0";
    String second = "wb_1";
    for (String key : List.of(first, second)) {
      world.database.addApiKey(
          Authenticate.hashOf(key), Registry.standing(person, Standing.INACTIVE));
    }

    value(authenticate.bearer(second)); // as it was read
    assertThat(code(authenticate.bearer(first))).isEqualTo("auth.api_key_invalid");
  }

  @Test
  void a_key_that_was_unknown_is_known_as_soon_as_it_exists() {
    assertThat(code(authenticate.bearer("wb_new"))).isEqualTo("auth.api_key_invalid");
    world.database.addApiKey(Authenticate.hashOf("wb_new"), Registry.viewer().identity());
    value(authenticate.bearer("wb_new"));
  }

  @Test
  void a_change_in_this_process_is_felt_at_once() {
    value(authenticate.device(Registry.TENANT, Registry.ROBOT_17));
    world.database.addDevice(
        "another", Registry.standing(Registry.robot17().identity(), Standing.INACTIVE));
    authenticate.forget();
    assertThat(code(authenticate.device(Registry.TENANT, Registry.ROBOT_17)))
        .isEqualTo("device.inactive");
  }

  @Test
  void a_cache_that_would_hide_a_revocation_for_longer_is_refused() {
    assertThatThrownBy(() -> new Authenticate(world.ports, Duration.ofSeconds(6)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_device_is_found_by_topic_only_in_its_own_tenant() {
    value(authenticate.device(Registry.TENANT, Registry.ROBOT_17));
    assertThat(code(authenticate.device(Registry.OTHER_TENANT, Registry.ROBOT_17)))
        .isEqualTo("device.not_found");
  }

  @Test
  void a_credential_is_one_device_s_and_an_api_key_is_none_s() {
    assertThat(authenticate.isCredentialOf(Registry.ROBOT_17, Registry.ROBOT_17_SECRET)).isTrue();
    assertThat(authenticate.isCredentialOf(Registry.ROBOT_18, Registry.ROBOT_17_SECRET)).isFalse();
    assertThat(authenticate.isCredentialOf(Registry.ROBOT_17, Registry.KEY)).isFalse();
  }
}
