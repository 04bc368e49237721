using Voltwright.Ocpp.V21;
using Voltwright.Ocpp.V21.Types;

namespace Voltwright.Simulator.Ocpp2;

/// <summary>The default tariffs of a 2.1 station, by EVSE; 0 stands for all. OCPP 2.1 part 2, block I.</summary>
sealed class TariffStore
{
    readonly Lock _lock = new();
    readonly SortedDictionary<int, Tariff> _defaults = [];

    public void SetDefault(int evse, Tariff tariff)
    {
        lock (_lock)
        {
            if (evse == 0) _defaults.Clear();
            _defaults[evse] = tariff;
        }
    }

    public IReadOnlyList<TariffAssignment> Find(int evse)
    {
        lock (_lock)
        {
            return
            [
                .. _defaults.Where(entry => evse == 0 || entry.Key == 0 || entry.Key == evse)
                    .GroupBy(entry => entry.Value.TariffId)
                    .Select(same => new TariffAssignment
                    {
                        TariffId = same.Key,
                        TariffKind = TariffKind.DefaultTariff,
                        EvseIds = same.Any(entry => entry.Key == 0) ? null : [.. same.Select(entry => entry.Key)],
                    }),
            ];
        }
    }

    public IReadOnlyList<ClearTariffsResult> Clear(ClearTariffsRequest asked)
    {
        lock (_lock)
        {
            if (asked.TariffIds is null && _defaults.Count == 0) return [new ClearTariffsResult { Status = TariffClearStatus.NoTariff }];
            var wanted = asked.TariffIds ?? [.. _defaults.Values.Select(tariff => tariff.TariffId).Distinct()];
            return
            [
                .. wanted.Select(id => new ClearTariffsResult
                {
                    TariffId = id,
                    Status = Remove(id, asked.EvseId) ? TariffClearStatus.Accepted : TariffClearStatus.NoTariff,
                }),
            ];
        }
    }

    bool Remove(string tariffId, int? evse)
    {
        var found = _defaults.Where(entry => entry.Value.TariffId == tariffId && (evse ?? entry.Key) == entry.Key).ToList();
        foreach (var entry in found) _defaults.Remove(entry.Key);
        return found.Count > 0;
    }
}
