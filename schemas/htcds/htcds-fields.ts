/** A form, or the values that a field may take, with spaces between. */
type HtcdsForm = 'text' | 'date' | 'number' | 'checkbox' | 'lookup' | { oneOf: string } | { manyOf: string }

/**
 * The fields of the Human Trafficking Case Data Standard 2.0 (24 December 2021), with the values that each allows, as
 * its `HTCDS Field Standards 2.0.ods` has them, its spelling kept. By IOM, the UN Migration Agency
 * (github.com/UNMigration/HTCDS), licensed CC BY 4.0. `oneOf`, `manyOf`: whether a field takes one of the values or several.
 */
export const htcdsFields = {
  org_Name: 'text',
  org_ShippingCity: 'text',
  org_ShippingCountry: 'text',
  org_ShippingState: 'text',
  org_ShippingStreet: 'text',
  org_ShippingPostalCode: 'text',
  org_ShippingLongitude: 'number',
  org_ShippingLatitude: 'number',
  org_Phone: 'text',
  org_Type: {
    oneOf:
      'NGO LawEnforcement HealthServiceOrganisation CentralGovernmentOrganisation LocalGovernmentOrganisation ImmigrationService LegalService CorporateBusiness SchoolOrCollege',
  },
  prs_Salutation: 'text',
  prs_FirstName: 'text',
  prs_MiddleName: 'text',
  prs_SecondName: 'text',
  prs_Birthdate: 'date',
  prs_Gender: {
    oneOf: 'Feminine Masculine TransgenderFeminine TransgenderMasculine NonConforming NonSpecifiedUnknown',
  },
  prs_Deceased: 'checkbox',
  prs_MaritalStatus: { oneOf: 'Single Married Widowed Divorced Separated RegisteredPartnership' },
  prs_NumberOfChildren: 'number',
  prs_PrimaryLanguage: { oneOf: 'languages' },
  prs_SecondaryLanguage: { oneOf: 'languages' },
  prs_HighestLevelOfEducation: {
    oneOf:
      'EarlyChildhoodEducation PrimaryEducation LowerSecondaryEducation UpperSecondaryEducation PostSecondaryNonTertiaryEducation ShortCycleTertiaryEducation BachelorsOrEquivalentLevel MastersOrEquivalentLevel DoctoralOrEquivalentLevel',
  },
  prs_Citizenship: { manyOf: 'countries' },
  prs_IdentityNumber: 'text',
  prs_Title: 'text',
  prs_Email: 'text',
  prs_HomePhone: 'text',
  prs_MobilePhone: 'text',
  prs_MailingCity: 'text',
  prs_MailingCountry: 'text',
  prs_MailingState: 'text',
  prs_MailingStreet: 'text',
  prs_MailingPostalCode: 'text',
  prs_MailingLongitude: 'number',
  prs_MailingLatitude: 'number',
  vic_AgreementToManagePersonalData: 'checkbox',
  vic_TraffickingStatus: {
    oneOf: 'PossibleVictimOfTrafficking ActualVictimOfTrafficking NotAVictimOfTrafficking',
  },
  vic_TraffickingStatusDecisionMakingOrg: {
    oneOf: 'Police NGO CourtOrProsecution NonPoliceGovernmentalOrganization Other',
  },
  vic_RelationshipToTrafficker: { oneOf: 'Familial Acquainted Unaquainted' },
  vic_AgeWhenTrafficked: 'number',
  vic_RecruitmentWebsitesAndApps: {
    manyOf:
      'Facebook Instagram WhatsApp Telegram FacebookMessenger Viber SnapChat Line 4Sale WeChat QQ QZone TikTok Twitter Other',
  },
  vic_MethodOfRecruitment: {
    manyOf:
      'AtAPlaceOfBusiness AtAnEducationalInstitution AtWork ThroughOnlineSocialNetworks ThroughAnOnlineAdvertisement ThroughATelevisionAdvert ThroughANewspaperAdvert ThroughFamilyOrFamilyEvents ThroughFriendsOrSocialEvents Other',
  },
  vic_LocationOfRecruitment: 'lookup',
  vic_MethodsOfControl: {
    manyOf:
      'PhysicalThreats ThreatsLawEnforcement ThreatensChildrenFamily DebtBondage FalsePromises PhysicalAbuse SexualAbuse TakesEarnings RestrictsFinancialAccess RestrictsMedicalCare WithholdsNecessities PsychologicalAbuse PsychoactiveSubstance ExcessiveWorkingHours WithholdsDocuments Other',
  },
  vic_TypeOfExploitation: {
    manyOf:
      'ForcedLabour SexualExploitation ChildLabour ForcedMarriage Servitude ForcedMilitaryByNonStateActors OrganRemoval ForcedBegging ForcedAdoption Surrogacy Other',
  },
  vic_ForcedLabourIndustry: {
    oneOf:
      'A_AgricultureForestryAndFishing B_MiningAndQuarrying C_Manufacturing D_ElectricityGasSteamAndAirConditioningSupply E_WaterSupplySewerageWasteManagement F_Construction G_WholesaleAndRetailTradeRepairOfMotorVehicles H_TransportationAndStorage I_AccommodationAndFoodServiceActivities J_InformationAndCommunication K_FinancialAndInsuranceActivities L_RealEstateActivities M_ProfessionalScientificAndTechnicalActivities N_AdministrativeAndSupportServiceActivities O_PublicAdministrationAndDefence P_Education Q_HumanHealthAndSocialWorkActivities R_ArtsEntertainmentAndRecreation S_OtherServiceActivities T_ActivitiesOfHouseholdsAsEmployers U_ActivitiesOfExtraterritorialOrganizations',
  },
  vic_TypeOfSexExploitation: {
    manyOf: 'Prostitution Pornography RemoteInteractiveServices PrivateSexualServices',
  },
  vic_LocationOfExploitation: 'lookup',
  vic_ExploitationWebsitesAndApps: {
    manyOf:
      'Facebook Instagram WhatsApp Telegram FacebookMessenger Viber SnapChat Line 4Sale WeChat QQ QZone TikTok Twitter Other',
  },
  vic_Vulnerabilities: {
    manyOf:
      'Addiction SocialGroup Discrimination Poverty DisabilityAndPhysicalHealth MentalHealth Migration Homelessness AbuseSocialMedia AbusePhysical Education WorkEnvironment',
  },
  vic_DetailsOfVulnerabilities: 'text',
  per_RoleInProcess: {
    manyOf:
      'TravellingPartner Transporter RecruiterOrIntermediary BrokerTravelAgent TransferredIndividual HarbouredIndividual SoldIndividual BoughtIndividual ReceivedIndividual ControlledIndividual Smuggler Abuser Kidnapper Exploiter Other',
  },
  per_RoleDetails: 'text',
  cas_Status: { oneOf: 'Active FollowUp Closed ClosedReferred' },
  cas_ReasonForCaseClosure: 'text',
  cas_CaseOwner: 'lookup',
  cas_ReferringOrganisation: 'lookup',
  cas_IncomingReferralDate: 'date',
  cas_ReferringPrimaryCaseWorker: 'lookup',
  cas_ReasonForIncomingReferral: { oneOf: 'AdditionalServicesRequired MigrationOrChangeOfLocation Other' },
  cas_IncomingReferralDetails: 'text',
  cas_ReferredOrganisation: 'lookup',
  cas_ReferredPrimaryCaseWorker: 'lookup',
  cas_ReasonForOutgoingReferral: { oneOf: 'AdditionalServicesRequired MigrationOrChangeOfLocation Other' },
  cas_OutgoingReferralDate: 'date',
  cas_OutgoingReferralDetails: 'text',
  cco_CaseComment: 'text',
  hte_Longitude: 'number',
  hte_Latitude: 'number',
  hte_City: 'text',
  hte_Country: 'text',
  hte_State: 'text',
  hte_Street: 'text',
  hte_PostalCode: 'text',
  hte_Date: 'date',
  hte_Type: { oneOf: 'Recruitment Transit Exploitation' },
  hte_Description: 'text',
  spl_Objectives: 'text',
  spl_ActionPlan: 'text',
  spl_PlannedEndDate: 'date',
  spl_ActualEndDate: 'date',
  spl_Type: {
    oneOf:
      'Education Financial Health LabourExploitationRehabilitation Legal Livelihood RightsBasedTraining SexualExploitationRehabilitation SocialCare',
  },
  con_Consent: 'checkbox',
} as const satisfies Record<string, HtcdsForm>

export type HtcdsField = keyof typeof htcdsFields
