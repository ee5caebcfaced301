package io.waybill.core.dataset.usecase;

import io.waybill.core.MetadataRule;
import io.waybill.core.dataset.DatasetStores;
import io.waybill.core.project.MetadataSchemas;
import io.waybill.core.storage.UrlLife;
import io.waybill.core.work.Ports;

/** What callers can do with datasets. */
public record DatasetUseCases(
    ReadDatasets readDatasets,
    IssueDownloadUrl issueDownloadUrl,
    CreateDataset createDataset,
    ChangeDataset changeDataset,
    ChangeDatasets changeDatasets,
    MoveDataset moveDataset,
    DeleteDataset deleteDataset,
    PurgeDataset purgeDataset,
    RedrivePurges redrivePurges,
    RedriveHolds redriveHolds) {

  /**
   * What requests are held against.
   *
   * @param urlLife how long a URL may live
   */
  public record Bounds(UrlLife urlLife, MetadataRule metadata, MetadataSchemas schemas) {}

  /** All of them over one set of ports. */
  public static DatasetUseCases over(Ports<? extends DatasetStores> ports, Bounds bounds) {
    DatasetFields.Bounds fields = new DatasetFields.Bounds(bounds.metadata(), bounds.schemas());
    ChangeDataset change = new ChangeDataset(ports, fields);
    return new DatasetUseCases(
        new ReadDatasets(ports),
        new IssueDownloadUrl(ports, bounds.urlLife()),
        new CreateDataset(ports, fields),
        change,
        new ChangeDatasets(ports, change),
        new MoveDataset(ports),
        new DeleteDataset(ports),
        new PurgeDataset(ports),
        new RedrivePurges(ports),
        new RedriveHolds(ports));
  }
}
