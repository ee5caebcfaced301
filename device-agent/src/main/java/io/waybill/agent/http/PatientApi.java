package io.waybill.agent.http;

import io.waybill.agent.control.Answer;
import io.waybill.agent.control.Patience;
import io.waybill.agent.control.Repetition;
import io.waybill.agent.control.UnreachableException;
import io.waybill.agent.control.WaitListener;
import io.waybill.wire.Json;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What only the HTTP API has: lists, datasets, URLs of downloads. Every question may be put again,
 * and is, for as long as patience says.
 */
public final class PatientApi implements AutoCloseable {

  private final ApiClient api;
  private final Repetition repetition;

  /**
   * @param waits how long to wait after so many failures in a row, given the server's own wish
   */
  public PatientApi(
      ApiClient api,
      Patience patience,
      BiFunction<Integer, Long, Duration> waits,
      WaitListener onWait) {
    this.api = api;
    this.repetition =
        new Repetition(
            new Repetition.Asked() {
              @Override
              public String address() {
                return api.address();
              }

              @Override
              public String trouble() {
                return api.trouble();
              }
            },
            patience,
            waits,
            onWait);
  }

  /** Reads what is at a path, its query included. */
  public <R> Answer<R> get(String path, Class<R> as)
      throws UnreachableException, InterruptedException {
    return repetition.ask(() -> api.ask(Route.get(path), null, as));
  }

  /** Posts what is harmless to post twice. */
  public <R> Answer<R> post(String path, Object body, Class<R> as)
      throws UnreachableException, InterruptedException {
    Route route = new Route("POST", path, Optional.of(Json.bytes(body)));
    return repetition.ask(() -> api.ask(route, null, as));
  }

  @Override
  public void close() {
    repetition.close();
    api.close();
  }
}
