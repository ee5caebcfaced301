package io.waybill.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectStore;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.storage.StoredPart;
import io.waybill.testkit.simulation.Simulation.Plan;
import io.waybill.testkit.simulation.Simulation.Tally;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SimulationTest {

  private static final int LIVES =
      10_000 * Integer.parseInt(System.getenv().getOrDefault("WAYBILL_TEST_SCALE", "1"));

  @Test
  void whatever_breaks_every_life_ends_well() {
    Tally tally = new Tally();
    for (long seed = 1; seed <= LIVES; seed++) {
      Optional<String> broken = Simulation.live(seed, Plan.SMALL, tally);
      assertThat(broken)
          .as(() -> "a life was broken; its story:\n" + String.join("\n", story(Plan.SMALL, tally)))
          .isEmpty();
    }
    assertThat(tally.deaths()).as("processes that were killed").isPositive();
  }

  @Test
  void one_seed_tells_one_story() {
    assertThat(story(7)).isEqualTo(story(7)).isNotEqualTo(story(8));
  }

  @Test
  void a_store_that_only_says_that_it_joined_the_parts_is_found_out() {
    assertThat(found(Boasting::new)).contains("is COMPLETED and storage has Optional.empty");
  }

  @Test
  void a_store_that_only_says_that_it_aborted_is_found_out() {
    assertThat(
            found(store ->
                new Lying(store) {
                  @Override
                  public AbortOutcome abort(ObjectLocation location, String uploadId) {
                    return AbortOutcome.ABORTED;
                  }
                }))
        .contains("left in the store");
  }

  /** What the first life says that finds something. */
  private static String found(UnaryOperator<ObjectStore> store) {
    return LongStream.rangeClosed(1, 100)
        .mapToObj(seed -> Simulation.live(seed, Plan.SMALL.with(store), new Tally()))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse("nothing");
  }

  private static List<String> story(long seed) {
    List<String> story = new ArrayList<>();
    Simulation.live(seed, Plan.SMALL.told(story::add), new Tally());
    return story;
  }

  private static List<String> story(Plan plan, Tally until) {
    List<String> story = new ArrayList<>();
    Simulation.live(until.lives(), plan.told(story::add), new Tally());
    return story;
  }

  /** Takes every word for the deed. */
  private static final class Boasting extends Lying {
    private final Map<ObjectLocation, StoredObject> said = new HashMap<>();

    Boasting(ObjectStore honest) {
      super(honest);
    }

    @Override
    public CompleteOutcome complete(
        ObjectLocation location, String uploadId, List<StoredPart> parts) {
      long size = parts.stream().mapToLong(StoredPart::sizeBytes).sum();
      said.put(location, new StoredObject(size, "\"e\"", null));
      return new CompleteOutcome.Done();
    }

    @Override
    public Optional<StoredObject> head(ObjectLocation location) {
      return Optional.ofNullable(said.get(location));
    }
  }

  /** A store that says of one thing what is not. */
  private abstract static class Lying implements ObjectStore {
    private final ObjectStore honest;

    Lying(ObjectStore honest) {
      this.honest = honest;
    }

    @Override
    public List<CreateOutcome> createUploads(List<NewUpload> uploads) {
      return honest.createUploads(uploads);
    }

    @Override
    public ListOutcome listParts(ObjectLocation location, String uploadId) {
      return honest.listParts(location, uploadId);
    }

    @Override
    public CompleteOutcome complete(
        ObjectLocation location, String uploadId, List<StoredPart> parts) {
      return honest.complete(location, uploadId, parts);
    }

    @Override
    public Optional<StoredObject> head(ObjectLocation location) {
      return honest.head(location);
    }

    @Override
    public AbortOutcome abort(ObjectLocation location, String uploadId) {
      return honest.abort(location, uploadId);
    }

    @Override
    public void check(String endpointRef, String bucket) {
      honest.check(endpointRef, bucket);
    }
  }
}
