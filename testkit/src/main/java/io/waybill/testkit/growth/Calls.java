package io.waybill.testkit.growth;

import io.waybill.core.app.Stores;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Every call whose cost must not grow with the tenant, by name. */
public final class Calls {
  private Calls() {}

  /**
   * Those of everything.
   *
   * @param rows of a page
   */
  public static Map<String, Consumer<Stores>> all(Crowd crowd, int rows) {
    Map<String, Consumer<Stores>> calls = new LinkedHashMap<>();
    calls.putAll(new DatasetCalls(crowd, rows).all());
    calls.putAll(new ListCalls(crowd, rows).all());
    calls.putAll(new AccessCalls(crowd, rows).all());
    calls.putAll(new UploadCalls(crowd).all());
    calls.putAll(new WorkerCalls(crowd, rows).all());
    return calls;
  }
}
