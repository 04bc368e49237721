using Voltwright.Stations;

namespace Voltwright.Gateway;

/// <summary>Finds the station of that id, registered or not.</summary>
public delegate IStationGrain StationLookup(string stationId);
