package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.controlapi.edge.Route;
import io.waybill.core.ErrorCode;
import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetStanding;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.dataset.ValidationStatus;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Brings about what a route of datasets needs to answer well. */
final class DatasetSituations {
  private static final String DATASETS = "/v1/projects/" + TestWorld.PROJECT + "/datasets";

  private final TestWorld world;

  DatasetSituations(TestWorld world) {
    this.world = world;
  }

  /** What a client has to do wrong. */
  static void add(Map<ErrorCode, Supplier<HttpAnswer>> mistakes, TestWorld world) {
    mistakes.put(
        ErrorCode.DATASET_PURGE_DENIED,
        () -> {
          DatasetSituations situations = new DatasetSituations(world);
          String id = situations.made();
          situations.hold(id);
          HttpCalls admin = world.as(TestWorld.ADMIN);
          admin.delete(DATASETS + "/" + id);
          return admin.delete(DATASETS + "/" + id + "/purge", "{\"confirm_purge\": true}");
        });
  }

  /** A path at which the route can answer well, once. */
  String path(Route route) {
    String id = dataset(route.template());
    if (route.template().endsWith("/legal-hold") && route.method().text().equals("DELETE")) {
      hold(id);
    }
    return route
        .template()
        .replace("{project_id}", TestWorld.PROJECT.toString())
        .replace("{dataset_id}", id);
  }

  private void hold(String id) {
    HttpAnswer held =
        world
            .as(TestWorld.ADMIN)
            .post(DATASETS + "/" + id + "/legal-hold", "{\"reason\": \"case 7\"}");
    assertThat(held.outcome()).isEqualTo("200");
  }

  private String dataset(String template) {
    if (template.matches(".*/(archive|download-url|preview)")) {
      return ready();
    }
    if (template.endsWith("/quarantine/release") || template.endsWith("/validation/retry")) {
      return quarantined(ready());
    }
    String id = made();
    if (template.endsWith("/restore") || template.endsWith("/purge")) {
      assertThat(world.as(TestWorld.ADMIN).delete(DATASETS + "/" + id).outcome()).isEqualTo("204");
    }
    return id;
  }

  private String ready() {
    return HttpUploads.in(world).create(1).send(1, 1).complete().datasetId();
  }

  /** As a validator would leave it. */
  String quarantined(String id) {
    UUID dataset = UUID.fromString(id);
    return world.rows.commit(tx -> {
      Dataset known =
          tx.datasetChanges()
              .lock(TestWorld.TENANT, TestWorld.PROJECT, Set.of(dataset))
              .get(dataset);
      DatasetStanding judged =
          Objects.requireNonNull(known)
              .standing()
              .in(DatasetStatus.QUARANTINED, null)
              .validated(ValidationStatus.FAILED);
      tx.datasetChanges().update(known.with(judged, known.updatedAt()));
      return id;
    });
  }

  String made() {
    HttpAnswer made = world.as(TestWorld.ADMIN).post(DATASETS, "{\"name\": \"a run\"}");
    return made.json().get("dataset_id").asString();
  }
}
