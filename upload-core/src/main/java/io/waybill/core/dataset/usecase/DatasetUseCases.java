package io.waybill.core.dataset.usecase;

import io.waybill.core.dataset.DatasetStores;
import io.waybill.core.storage.UrlLife;
import io.waybill.core.work.Ports;

/** What callers can do with datasets. */
public record DatasetUseCases(ReadDatasets readDatasets, IssueDownloadUrl issueDownloadUrl) {

  /**
   * All of them over one set of ports.
   *
   * @param urlLife how long a URL may live
   */
  public static DatasetUseCases over(Ports<? extends DatasetStores> ports, UrlLife urlLife) {
    return new DatasetUseCases(new ReadDatasets(ports), new IssueDownloadUrl(ports, urlLife));
  }
}
