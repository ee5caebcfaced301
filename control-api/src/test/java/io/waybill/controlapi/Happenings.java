package io.waybill.controlapi;

import io.waybill.core.event.Facts;
import io.waybill.core.event.OutboxEvent;
import io.waybill.testkit.contract.Ids;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Something happens to datasets of the project. */
final class Happenings {

  private Happenings() {}

  /** So often; the first has the number 1. */
  static void in(TestWorld world, int times) {
    for (int number = 1; number <= times; number++) {
      one(world, number, "front-camera");
    }
    world.api.wake();
  }

  static void one(TestWorld world, int number, String name) {
    UUID dataset = Ids.next();
    OutboxEvent event =
        new OutboxEvent(
            Ids.next(),
            TestWorld.TENANT,
            TestWorld.PROJECT,
            "dataset",
            dataset,
            number,
            "dataset.archived",
            world.time.instant(),
            Map.of("dataset_id", dataset.toString(), "name", name));
    world.rows.commit(tx -> {
      tx.events().append(new Facts(List.of(), List.of(), List.of(event)));
      return event;
    });
  }

  static List<Integer> numbers(List<Ears.Block> blocks) {
    return blocks.stream()
        .map(block -> Integer.valueOf(block.json().path("sequence").asString()))
        .toList();
  }
}
